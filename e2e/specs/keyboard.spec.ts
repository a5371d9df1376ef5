import type { Locator, Page } from '@playwright/test';
import { PatientsPage } from '../pages/patients-page.ts';
import { TriagePage } from '../pages/triage-page.ts';
import { expect, test } from '../support/test.ts';

test('a triage is filled in, saved and followed by the next one with the keyboard alone', async ({ app, tablet }) => {
  const { page } = tablet;
  const { keyboard } = page;
  const triage = new TriagePage(page);
  await triage.open(app.url);
  await expect(triage.field('Edad')).toBeVisible();

  await keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Ir al formulario', exact: true })).toBeFocused();
  await keyboard.press('Enter');
  await tabTo(page, triage.field('Código del paciente'));
  await keyboard.type('SM-0100');
  await keyboard.press('Enter');
  await expect(triage.field('Edad')).toBeFocused();
  await keyboard.type('67');
  await tabTo(page, page.getByRole('radiogroup', { name: 'Sexo' }).getByRole('radio').first());
  await keyboard.press('Space');
  await tabTo(page, triage.field('Pulso cardíaco'));
  await keyboard.type('104');
  // An impossible value first: saving leads to it.
  await tabTo(page, triage.field('Temperatura corporal'));
  await keyboard.type('389');
  await tabTo(page, page.getByRole('combobox', { name: 'Síntomas', exact: true }));
  await keyboard.type('fiebre');
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Quitar Fiebre', exact: true })).toBeVisible();

  await keyboard.press('Control+Enter');
  await expect(page.getByText('Hay 1 dato por corregir')).toBeFocused();
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await expect(triage.field('Temperatura corporal')).toBeFocused();
  await keyboard.press('Control+A');
  await keyboard.type('38,6');
  await tabTo(page, triage.save);
  await keyboard.press('Enter');

  await expect(page.getByRole('heading', { name: /^Triaje guardado, / })).toBeFocused();
  await tabTo(page, page.getByRole('button', { name: 'Nuevo triaje', exact: true }));
  await keyboard.press('Enter');
  await expect(triage.field('Edad')).toHaveValue('');
  await new PatientsPage(page).open();
  await expect(new PatientsPage(page).patient('SM-0100')).toBeVisible();
});

/** Presses Tab until the control has the focus, as one without a mouse must. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not lead there');
}
