import { type Page } from '@playwright/test';
import { TriagePage } from '../pages/triage-page.ts';
import { serveNextVersion } from '../support/next-version.ts';
import { waitUntilOfflineReady } from '../support/tablet.ts';
import { expect, test } from '../support/test.ts';

const lookForUpdate = async (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
const version = (page: Page) => page.locator('meta[name=version]');

test('a new version waits for a yes, and never replaces the code under an open form', async ({ app, tablet }) => {
  const { page } = tablet;
  const triage = new TriagePage(page);
  await triage.open(app.url);
  await waitUntilOfflineReady(page);
  await page.reload();
  await triage.fill({ code: 'SM-0900', age: '50', vitals: { 'Pulso cardíaco': '88' } });
  await serveNextVersion(app.distDir, 'next');
  await lookForUpdate(page);
  await expect(page.getByText('Actualización lista.').first()).toBeVisible();

  await expect(page.getByRole('button', { name: 'Actualizar', exact: true })).toHaveCount(0);
  await expect(version(page)).toHaveCount(0);
  await expect(triage.field('Pulso cardíaco')).toHaveValue('88');

  await triage.submit();
  await page.getByRole('button', { name: 'Actualizar', exact: true }).click();
  await expect(version(page)).toHaveAttribute('content', 'next');
});

test('a second tab with an open form keeps its code when the first one updates', async ({ app, tablet }) => {
  const { page } = tablet;
  await new TriagePage(page).open(app.url);
  await waitUntilOfflineReady(page);
  await page.reload();
  const other = await tablet.context.newPage();
  const otherTriage = new TriagePage(other);
  await otherTriage.open(app.url);
  await serveNextVersion(app.distDir, 'next');
  await lookForUpdate(page);
  await page.getByRole('button', { name: 'Actualizar', exact: true }).click();
  await expect(version(page)).toHaveAttribute('content', 'next');
  await expect(version(other)).toHaveCount(0);
  await expect(otherTriage.heading).toBeVisible();
});
