import { PatientsPage } from '../pages/patients-page.ts';
import { SyncPage } from '../pages/sync-page.ts';
import { TriagePage } from '../pages/triage-page.ts';
import { waitUntilOfflineReady } from '../support/tablet.ts';
import { expect, test } from '../support/test.ts';

test('two tabs show the same records, and a queue both know is sent once', async ({ app, tablet }) => {
  const first = tablet.page;
  const triage = new TriagePage(first);
  await triage.open(app.url);
  await waitUntilOfflineReady(first);
  const second = await tablet.context.newPage();
  await new TriagePage(second).open(app.url);
  const patients = new PatientsPage(second);
  await patients.open();
  await app.front.switchOff();

  await triage.fill({ code: 'SM-0200', age: '50' });
  await triage.submit();
  await expect(patients.patient('SM-0200')).toContainText('En cola');

  await app.front.switchOn();
  const before = uploads(app.front.seen);
  const [syncFirst, syncSecond] = [new SyncPage(first), new SyncPage(second)];
  await syncFirst.open();
  await syncSecond.open();
  await Promise.all([syncFirst.now.click(), syncSecond.now.click()]);
  await syncFirst.expectSum(1, 1, 0);
  await syncSecond.expectSum(1, 1, 0);
  expect(uploads(app.front.seen) - before).toBe(1);
});

function uploads(seen: readonly string[]): number {
  return seen.filter((line) => line === 'POST /v1/records').length;
}
