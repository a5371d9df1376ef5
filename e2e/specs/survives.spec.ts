import { PatientsPage } from '../pages/patients-page.ts';
import { SyncPage } from '../pages/sync-page.ts';
import { TriagePage } from '../pages/triage-page.ts';
import { waitUntilOfflineReady } from '../support/tablet.ts';
import { expect, test } from '../support/test.ts';

test('a form half filled in is there again after a reload', async ({ app, tablet }) => {
  const triage = new TriagePage(tablet.page);
  await triage.open(app.url);
  await triage.fill({ code: 'SM-0500', age: '34', vitals: { 'Pulso cardíaco': '88' } });
  await expect(tablet.page.getByText(/^Borrador guardado/).first()).toBeVisible();
  await tablet.page.reload();
  await expect(triage.field('Código del paciente')).toHaveValue('SM-0500');
  await expect(triage.field('Edad')).toHaveValue('34');
  await expect(triage.field('Pulso cardíaco')).toHaveValue('88');
});

test('what was typed the moment before a reload is there again', async ({ app, tablet }) => {
  const triage = new TriagePage(tablet.page);
  await triage.open(app.url);
  await triage.field('Edad').fill('41');
  await tablet.page.reload();
  await expect(triage.field('Edad')).toHaveValue('41');
});

test('a form is kept also while someone types without a pause', async ({ app, tablet }) => {
  const triage = new TriagePage(tablet.page);
  await triage.open(app.url);
  await triage.field('Código del paciente').focus();
  const kept = tablet.page.getByText(/^Borrador guardado/).first();
  await expect(async () => {
    await tablet.page.keyboard.type('7');
    await expect(kept).toBeVisible({ timeout: 1 });
  }).toPass({ intervals: [300], timeout: 8_000 });
});

test('a tab that gives way to a newer version keeps what was being typed', async ({ app, tablet, expectedErrors }) => {
  // The second tab opens a file, not the app, and asks for an icon there is none of.
  expectedErrors.push(/status of 404/);
  const triage = new TriagePage(tablet.page);
  await triage.open(app.url);
  await triage.field('Edad').fill('45');
  const newer = await tablet.context.newPage();
  await newer.goto(`${app.url}/model/current.json`);
  const drafts = await newer.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('vigia', 999);
        opening.onerror = () => reject(new Error('not opened'));
        opening.onsuccess = () => {
          const reading = opening.result.transaction('drafts').objectStore('drafts').getAll();
          reading.onsuccess = () => resolve(JSON.stringify(reading.result));
        };
      }),
  );
  expect(drafts).toContain('"age":"45"');
});

test('two tabs hold two patients, and saving one leaves the other', async ({ app, tablet }) => {
  const first = new TriagePage(tablet.page);
  await first.open(app.url);
  await first.fill({ code: 'SM-0801', age: '34' });
  await expect(first.page.getByText(/^Borrador guardado/).first()).toBeVisible();
  const second = new TriagePage(await tablet.context.newPage());
  await second.open(app.url);
  await expect(second.field('Código del paciente')).toHaveValue('');
  await second.fill({ code: 'SM-0802', age: '61' });
  await expect(second.page.getByText(/^Borrador guardado/).first()).toBeVisible();
  await first.page.bringToFront();
  await first.submit();
  await tablet.kill();
  await tablet.open();
  const again = new TriagePage(tablet.page);
  await again.open(app.url);
  await expect(again.field('Código del paciente')).toHaveValue('SM-0802');
});

test('queued records survive a browser that is killed, and are delivered when it opens again', async ({
  app,
  tablet,
}) => {
  const triage = new TriagePage(tablet.page);
  await triage.open(app.url);
  await waitUntilOfflineReady(tablet.page);
  await app.front.switchOff();
  await triage.fill({ code: 'SM-0600', age: '50' });
  await triage.submit();
  await tablet.kill();
  await tablet.open();

  await new TriagePage(tablet.page).open(app.url);
  const patients = new PatientsPage(tablet.page);
  await patients.open();
  await expect(patients.patient('SM-0600')).toContainText('En cola');
  await app.front.switchOn();
  const sync = new SyncPage(tablet.page);
  await sync.open();
  await sync.now.click();
  await sync.expectSum(1, 1, 0);
});

test('the app opens from nothing with the server off, and forecasts', async ({ app, tablet }) => {
  await new TriagePage(tablet.page).open(app.url);
  await waitUntilOfflineReady(tablet.page);
  await app.front.switchOff();
  await tablet.kill();
  await tablet.open();
  const triage = new TriagePage(tablet.page);
  await triage.open(app.url);
  await triage.fill({ age: '40', sex: 'Hombre' });
  await expect(triage.forecast).toContainText(/\d+\s%/);
  await tablet.page.goto(`${app.url}/pacientes`);
  await expect(new PatientsPage(tablet.page).heading).toBeVisible();
});

test('an impossible value is told at its field and nothing is saved', async ({ app, tablet }) => {
  const triage = new TriagePage(tablet.page);
  await triage.open(app.url);
  await triage.fill({ code: 'SM-0700', age: '50', vitals: { 'Temperatura corporal': '389' } });
  await triage.save.click();
  await expect(triage.field('Temperatura corporal')).toHaveAttribute('aria-invalid', 'true');
  const sync = new SyncPage(tablet.page);
  await sync.open();
  await sync.expectSum(0, 0, 0);
});
