/** Version of this app, as in package.json. A model may ask for a newer one. */
export const APP_VERSION = '0.1.0';
