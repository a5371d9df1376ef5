import type { ManifestOptions } from 'vite-plugin-pwa';

/** What the installed app is called and looks like on the tablet. */
export const APP_MANIFEST: Partial<ManifestOptions> = {
  id: '/',
  name: 'Vigía',
  short_name: 'Vigía',
  description: 'Apoyo a la decisión clínica en el triaje, también sin conexión.',
  lang: 'es',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  theme_color: '#0a353a',
  background_color: '#f3f6f5',
  categories: ['medical', 'health'],
  icons: [
    { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
};
