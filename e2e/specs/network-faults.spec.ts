import { SyncPage } from '../pages/sync-page.ts';
import { TriagePage } from '../pages/triage-page.ts';
import type { Fault } from '../support/faulty-front.ts';
import { waitUntilOfflineReady } from '../support/tablet.ts';
import { expect, test } from '../support/test.ts';
import { collect } from '../support/vigia.ts';

const FAULTS: readonly { readonly fault: Fault; readonly says: string }[] = [
  { fault: 'server-error', says: 'El servidor tuvo un error' },
  { fault: 'captive-portal', says: 'Otra página respondió en lugar del servidor' },
];

for (const { fault, says } of FAULTS) {
  test(`${fault}: nothing counts as delivered, and it goes on when the fault is gone`, async ({
    app,
    tablet,
    expectedErrors,
  }) => {
    expectedErrors.push(/the server responded with a status of 500/);
    const triage = new TriagePage(tablet.page);
    await triage.open(app.url);
    await waitUntilOfflineReady(tablet.page);
    app.front.fault = fault;
    await triage.fill({ code: 'SM-0801', age: '50' });
    await triage.submit();
    const sync = new SyncPage(tablet.page);
    await sync.open();
    await expect(tablet.page.getByText(says).first()).toBeVisible();
    await sync.expectSum(1, 0, 1);
    app.front.fault = 'none';
    await sync.now.click();
    await sync.expectSum(1, 1, 0);
  });
}

test('an endpoint that is down keeps the queue, and a restarted one gets it', async ({ app, tablet }) => {
  const triage = new TriagePage(tablet.page);
  await triage.open(app.url);
  await waitUntilOfflineReady(tablet.page);
  await app.front.switchOff();
  await triage.fill({ code: 'SM-0802', age: '50' });
  await triage.submit();
  const sync = new SyncPage(tablet.page);
  await sync.open();
  await expect(tablet.page.getByText('El servidor no responde').first()).toBeVisible();
  await sync.expectSum(1, 0, 1);
  await app.restart();
  await app.front.switchOn();
  await sync.now.click();
  await sync.expectSum(1, 1, 0);
});

test('a record whose receipt got lost is sent again and stored once', async ({ app, tablet }) => {
  const triage = new TriagePage(tablet.page);
  await triage.open(app.url);
  app.front.fault = 'drop-after-commit';
  await triage.fill({ code: 'SM-0803', age: '50' });
  await triage.submit();
  const sync = new SyncPage(tablet.page);
  await sync.open();
  await expect(tablet.page.getByText('El servidor no responde').first()).toBeVisible();
  await sync.expectSum(1, 0, 1);
  app.front.fault = 'none';
  await sync.now.click();
  await sync.expectSum(1, 1, 0);
  expect(app.front.seen.filter((line) => line === 'POST /v1/records').length).toBeGreaterThan(1);
  // Not validated yet, so the table has its header only; a record stored twice would have been refused as a conflict.
  expect(collect(app.dataDir).trim().split('\n')).toHaveLength(1);
});
