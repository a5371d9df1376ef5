import { test as base, expect } from '@playwright/test';
import { type AppServer, startAppServer } from './app-server.ts';
import { Tablet } from './tablet.ts';

/** A test gets a server with an empty store and a tablet with an empty profile. */
export const test = base.extend<{ app: AppServer; tablet: Tablet }>({
  app: async ({}, use) => {
    const app = await startAppServer();
    await use(app);
    await app.close();
  },
  tablet: async ({}, use) => {
    const tablet = await Tablet.unpack();
    await use(tablet);
    const errors = tablet.pageErrors;
    await tablet.throwAway();
    expect(errors, 'errors the page did not catch').toEqual([]);
  },
});

export { expect };
