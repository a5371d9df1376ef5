import { SettingsPage } from '../pages/settings-page.ts';
import { TriagePage } from '../pages/triage-page.ts';
import { expect, test } from '../support/test.ts';

test('the app speaks Spanish first, English when asked, and remembers', async ({ app, tablet }) => {
  const { page } = tablet;
  await new TriagePage(page).open(app.url);
  await expect(page.locator('html')).toHaveAttribute('lang', /^es/);
  const settings = new SettingsPage(page);
  await settings.open();
  await settings.choose('English');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings', exact: true })).toBeVisible();
  await page.reload();
  await page.getByRole('link', { name: 'Triage', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Save triage', exact: true })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', /^en/);
  await settings.open('Settings');
  await settings.choose('Español');
  await expect(page.getByRole('heading', { level: 1, name: 'Ajustes', exact: true })).toBeVisible();
});
