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

test.describe('on a tablet set to English', () => {
  test.use({ tabletOptions: { locale: 'en-US' } });

  test('the app opens in English, numbers included', async ({ app, tablet }) => {
    const { page } = tablet;
    await page.goto(app.url);
    await expect(page.getByRole('heading', { level: 1, name: 'Triage', exact: true })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', /^en/);
    const temperature = page.getByRole('textbox', { name: 'Body temperature', exact: true });
    await temperature.fill('389');
    await temperature.blur();
    await expect(page.getByText(/from 25\.0 to 45\.0/).first()).toBeVisible();
  });
});
