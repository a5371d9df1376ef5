import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { PatientsPage } from '../pages/patients-page.ts';
import { TriagePage } from '../pages/triage-page.ts';
import { startAppServer } from '../support/app-server.ts';
import { Tablet } from '../support/tablet.ts';
import { expect, test } from '../support/test.ts';

const SCREENS = ['Pacientes', 'Sincronización', 'Modelo', 'Ajustes'] as const;
const SIZES = { landscape: { width: 1180, height: 820 }, phone: { width: 390, height: 844 } } as const;

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`axe finds nothing on any screen, ${colorScheme}, ${size}`, async () => {
      const app = await startAppServer();
      const tablet = await Tablet.unpack({ colorScheme, viewport });
      const { page } = tablet;
      const triage = new TriagePage(page);
      await triage.open(app.url);
      await expectNoViolations(page, 'Triaje, empty');
      await triage.fill({
        code: 'SM-1000',
        age: '67',
        sex: 'Mujer',
        vitals: { 'Pulso cardíaco': '104', 'Temperatura corporal': '389' },
      });
      await expectNoViolations(page, 'Triaje, with an error');
      await triage.fill({ age: '67', vitals: { 'Temperatura corporal': '38,6' } });
      await triage.submit();
      await expectNoViolations(page, 'Triaje, saved');
      for (const name of SCREENS) {
        const link = page
          .getByRole('navigation', { name: 'Principal' })
          .getByRole('link', { name: new RegExp(`^${name}`) });
        await link.click();
        await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
        await expectNoViolations(page, name);
      }
      await new PatientsPage(page).open();
      await page
        .getByRole('button', { name: /^Validar/ })
        .first()
        .click();
      await expect(page.getByRole('button', { name: 'Guardar validación', exact: true })).toBeVisible();
      await expectNoViolations(page, 'Validación');
      await tablet.throwAway();
      await app.close();
    });
  }
}

async function expectNoViolations(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const words = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect(words, screen).toEqual([]);
}
