import { expect, type Page } from '@playwright/test';

export class ValidationPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** @param category as shown, e.g. "ENFERMEDAD AGUDA" */
  async submit(category: string, diagnosis: string): Promise<void> {
    const choices = this.page.getByRole('radiogroup', { name: 'Clasificación real' });
    await choices.getByRole('radio', { name: category, exact: true }).locator('xpath=ancestor::label').click();
    await this.page.getByRole('textbox', { name: 'Diagnóstico confirmado', exact: true }).fill(diagnosis);
    await this.page.getByRole('button', { name: 'Guardar validación', exact: true }).click();
    await expect(this.page.getByText(/^Validación de .* guardada/).first()).toBeVisible();
  }
}
