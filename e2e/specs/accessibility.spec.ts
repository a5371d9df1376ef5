import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { SettingsPage } from '../pages/settings-page.ts';
import { TriagePage } from '../pages/triage-page.ts';
import type { Tablet } from '../support/tablet.ts';
import { expect, test } from '../support/test.ts';

const SIZES = {
  landscape: { width: 1180, height: 820 },
  portrait: { width: 820, height: 1180 },
  phone: { width: 390, height: 844 },
} as const;

const LOOKS = [
  { colorScheme: 'light', size: 'landscape' },
  { colorScheme: 'dark', size: 'landscape' },
  { colorScheme: 'light', size: 'portrait' },
  { colorScheme: 'light', size: 'phone' },
  { colorScheme: 'dark', size: 'phone' },
] as const;

for (const { colorScheme, size } of LOOKS) {
  test.describe(`${colorScheme}, ${size}`, () => {
    test.use({ tabletOptions: { colorScheme, viewport: SIZES[size] } });

    test('axe finds nothing on any screen in Spanish', async ({ app, tablet }) => {
      await walkTriage(tablet, app.url, size === 'phone');
      await walkOtherScreens(tablet.page, ['Pacientes', 'Sincronización', 'Modelo', 'Ajustes']);
      await openByNavigation(tablet.page, 'Pacientes');
      await tablet.page.getByRole('button', { name: /^Validar/ }).click();
      await expect(tablet.page.getByRole('button', { name: 'Guardar validación', exact: true })).toBeVisible();
      await expectNoViolations(tablet.page, 'Validación');
    });
  });
}

test('axe finds nothing on any screen in English', async ({ app, tablet }) => {
  const { page } = tablet;
  const triage = new TriagePage(page);
  await triage.open(app.url);
  await triage.fill({ code: 'SM-1000', age: '67' });
  await triage.submit();
  const settings = new SettingsPage(page);
  await settings.open();
  await settings.choose('English');
  await walkOtherScreens(page, ['Settings', 'Triage', 'Patients', 'Sync', 'Model']);
  await openByNavigation(page, 'Patients');
  await page.getByRole('button', { name: /^Validate/ }).click();
  await expect(page.getByRole('button', { name: 'Save validation', exact: true })).toBeVisible();
  await expectNoViolations(page, 'Validation');
});

async function walkTriage({ page }: Tablet, url: string, hasSheet: boolean): Promise<void> {
  const triage = new TriagePage(page);
  await triage.open(url);
  await expectNoViolations(page, 'Triaje, empty');
  await triage.fill({ code: 'SM-1000', age: '67', sex: 'Mujer', symptoms: ['Fiebre'] });
  if (hasSheet) {
    await page.getByRole('button', { name: /^Abrir Pronóstico: .*\d+\s%/ }).click();
    await expect(page.getByRole('dialog')).toContainText(/\d+\s%/);
    await expectNoViolations(page, 'Triaje, filled in, sheet open');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  } else {
    await expect(triage.forecast).toContainText(/\d+\s%/);
  }
  await expectNoViolations(page, 'Triaje, filled in');
  await triage.fill({ age: '67', vitals: { 'Temperatura corporal': '389' } });
  await triage.save.click();
  await expect(page.getByText('Hay 1 dato por corregir')).toBeVisible();
  await expectNoViolations(page, 'Triaje, with an error');
  await triage.fill({ age: '67', vitals: { 'Temperatura corporal': '38,6' } });
  await triage.submit();
  await expectNoViolations(page, 'Triaje, saved');
}

async function walkOtherScreens(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await openByNavigation(page, name);
    await expectNoViolations(page, name);
  }
}

async function openByNavigation(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click();
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
  // The screen itself, not the notice that it is being opened.
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: '…' })).toHaveCount(0);
}

async function expectNoViolations(page: Page, screen: string): Promise<void> {
  // Half-way through a transition colours are mixed with what lies behind, and a forecast under way is dimmed.
  await expect(page.locator('[data-stale="true"]')).toHaveCount(0);
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running'));
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const words = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect(words, screen).toEqual([]);
}
