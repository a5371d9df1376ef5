import { test as base, expect } from '@playwright/test';
import { type AppServer, startAppServer } from './app-server.ts';
import { Tablet, type TabletOptions } from './tablet.ts';

interface Fixtures {
  readonly app: AppServer;
  readonly tablet: Tablet;
  readonly tabletOptions: TabletOptions;
  /** Errors a test brings about on purpose; any other in the console fails it. */
  readonly expectedErrors: RegExp[];
}

/** A test gets a server with an empty store and a tablet with an empty profile. */
export const test = base.extend<Fixtures>({
  tabletOptions: [{}, { option: true }],
  expectedErrors: async ({}, use) => use([]),
  app: async ({}, use) => {
    const app = await startAppServer();
    await use(app);
    await app.close();
  },
  tablet: async ({ tabletOptions, expectedErrors }, use) => {
    const tablet = await Tablet.unpack(tabletOptions);
    await use(tablet);
    await tablet.throwAway();
    const unexpected = tablet.errors.filter((text) => !expectedErrors.some((pattern) => pattern.test(text)));
    expect(unexpected, 'errors in the console').toEqual([]);
  },
});

export { expect };
