import { expect, type Locator, type Page } from '@playwright/test';

export class PatientsPage {
  readonly page: Page;
  readonly heading: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1, name: 'Pacientes', exact: true });
  }

  async open(): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Principal' })
      .getByRole('link', { name: /^Pacientes/ })
      .click();
    await expect(this.heading).toBeVisible();
  }

  patient(code: string): Locator {
    return this.page.getByRole('row').filter({ hasText: code });
  }

  async validate(code: string): Promise<void> {
    await this.patient(code)
      .getByRole('button', { name: /^Validar/ })
      .click();
  }
}
