import { expect, type Page } from '@playwright/test';

export class SettingsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(name: 'Ajustes' | 'Settings' = 'Ajustes'): Promise<void> {
    await this.page.getByRole('link', { name, exact: true }).click();
    await expect(this.page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
  }

  async choose(name: string): Promise<void> {
    await this.page.getByRole('radio', { name, exact: true }).locator('xpath=ancestor::label').click();
  }
}
