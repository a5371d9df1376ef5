import { expect, type Locator, type Page } from '@playwright/test';

export class SyncPage {
  readonly page: Page;
  readonly now: Locator;

  constructor(page: Page) {
    this.page = page;
    this.now = page.getByRole('button', { name: 'Sincronizar ahora', exact: true });
  }

  async open(): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Principal' })
      .getByRole('link', { name: 'Sincronización', exact: true })
      .click();
    await expect(this.page.getByRole('heading', { level: 1, name: 'Sincronización', exact: true })).toBeVisible();
  }

  /** The sum that must agree: saved = received + queued + quarantined. */
  async expectSum(saved: number, received: number, queued: number): Promise<void> {
    const words = `${saved} guardados = ${received} recibidos + ${queued} en cola + 0 en cuarentena`;
    await expect(this.page.getByRole('img', { name: new RegExp(words.replaceAll('+', '\\+')) })).toBeVisible();
  }
}
