import type { Page } from '@playwright/test';
import { PatientsPage } from '../pages/patients-page.ts';
import { SyncPage } from '../pages/sync-page.ts';
import { TriagePage } from '../pages/triage-page.ts';
import { waitUntilOfflineReady } from '../support/tablet.ts';
import { expect, test } from '../support/test.ts';

test('damaged rows are shown as damaged, and the intact record beside them is listed and delivered', async ({
  app,
  tablet,
}) => {
  const { page } = tablet;
  const triage = new TriagePage(page);
  await triage.open(app.url);
  await waitUntilOfflineReady(page);
  await app.front.switchOff();
  for (const code of ['SM-0401', 'SM-0402', 'SM-0403']) {
    await triage.fill({ code, age: '50' });
    await triage.submit();
    await page.getByRole('button', { name: 'Nuevo triaje', exact: true }).click();
  }
  expect(await damage(page, ['SM-0402', 'SM-0403'])).toBe(2);
  await page.reload();

  const patients = new PatientsPage(page);
  await patients.open();
  await expect(page.getByText('Registro dañado', { exact: true })).toHaveCount(2);
  await expect(patients.patient('SM-0401')).toContainText('En cola');
  await expect(patients.patient('SM-0402')).toHaveCount(0);

  await app.front.switchOn();
  const sync = new SyncPage(page);
  await sync.open();
  await sync.now.click();
  await patients.open();
  await expect(patients.patient('SM-0401')).toContainText(/Entregado [0-9A-F]{4}/);
});

/** Changes one value behind the hash of the first record, and leaves only the key of the others. */
async function damage(page: Page, codes: readonly string[]): Promise<number> {
  return page.evaluate(async (wanted) => {
    interface Row {
      readonly id: string;
      readonly body: { readonly inputs: { readonly patientCode: string } };
    }
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await settled(indexedDB.open('vigia'));
    const store = db.transaction('records', 'readwrite').objectStore('records');
    const rows: readonly Row[] = await settled(store.getAll());
    const chosen = rows.filter(({ body }) => wanted.includes(body.inputs.patientCode));
    for (const [at, row] of chosen.entries()) {
      const inputs = { ...row.body.inputs, patientCode: 'SM-9999' };
      await settled(store.put(at === 0 ? { ...row, body: { ...row.body, inputs } } : { id: row.id }));
    }
    db.close();
    return chosen.length;
  }, codes);
}
