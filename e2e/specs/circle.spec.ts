import { PatientsPage } from '../pages/patients-page.ts';
import { SyncPage } from '../pages/sync-page.ts';
import { FIVE_VITALS, TriagePage } from '../pages/triage-page.ts';
import { ValidationPage } from '../pages/validation-page.ts';
import { waitUntilOfflineReady } from '../support/tablet.ts';
import { expect, test } from '../support/test.ts';
import { collect } from '../support/vigia.ts';

test('a triage and its validation made offline arrive with receipts and in the table of labelled visits', async ({
  app,
  tablet,
}) => {
  const { page } = tablet;
  const triage = new TriagePage(page);
  await triage.open(app.url);
  await waitUntilOfflineReady(page);
  await tablet.context.setOffline(true);
  await app.front.switchOff();

  await triage.fill({ code: 'SM-0427', age: '67', sex: 'Mujer', vitals: FIVE_VITALS });
  await expect(triage.forecast).toContainText(/\d+\s%/);
  await triage.submit();

  const patients = new PatientsPage(page);
  await page.reload();
  await patients.open();
  await expect(patients.patient('SM-0427')).toContainText('En cola');
  await patients.validate('SM-0427');
  await new ValidationPage(page).submit('ENFERMEDAD AGUDA', 'Neumonía');

  const sync = new SyncPage(page);
  await sync.open();
  await sync.expectSum(2, 0, 2);
  await app.front.switchOn();
  await tablet.context.setOffline(false);
  await sync.expectSum(2, 2, 0);
  await patients.open();
  await expect(patients.patient('SM-0427')).toContainText(/Entregado [0-9A-F]{4}/);

  const table = collect(app.dataDir).trim().split('\n');
  expect(table).toHaveLength(2);
  expect(table[1]).toContain(',67,F,104,38.6,108,66,');
  expect(table[1]).toContain(',ENFERMEDAD AGUDA,');
});
