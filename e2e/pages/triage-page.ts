import { expect, type Locator, type Page } from '@playwright/test';

/** What a clinician types; every text as typed. */
export interface TriageEntry {
  readonly code?: string;
  readonly age: string;
  readonly sex?: 'Mujer' | 'Hombre';
  readonly vitals?: Readonly<Record<string, string>>;
  readonly symptoms?: readonly string[];
}

export const FIVE_VITALS = {
  'Pulso cardíaco': '104',
  'Temperatura corporal': '38,6',
  'Presión arterial sistólica': '108',
  'Presión arterial diastólica': '66',
} as const;

export class TriagePage {
  readonly page: Page;
  readonly heading: Locator;
  readonly forecast: Locator;
  readonly save: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1, name: 'Triaje', exact: true });
    this.forecast = page.getByRole('region', { name: 'Pronóstico', exact: true });
    this.save = page.getByRole('button', { name: 'Guardar triaje', exact: true });
  }

  field(name: string): Locator {
    return this.page.getByRole('textbox', { name, exact: true });
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await expect(this.heading).toBeVisible();
  }

  async fill({ code, age, sex, vitals = FIVE_VITALS, symptoms = [] }: TriageEntry): Promise<void> {
    if (code !== undefined) await this.field('Código del paciente').fill(code);
    await this.field('Edad').fill(age);
    if (sex) await this.page.getByRole('radio', { name: sex, exact: true }).locator('xpath=ancestor::label').click();
    for (const [name, value] of Object.entries(vitals)) await this.field(name).fill(value);
    for (const symptom of symptoms) await this.addSymptom(symptom);
  }

  async addSymptom(name: string): Promise<void> {
    const box = this.page.getByRole('combobox', { name: 'Síntomas', exact: true });
    await box.fill(name);
    await this.page.getByRole('option', { name, exact: true }).click();
  }

  /** Saves and waits for the promise of "Guardado". */
  async submit(): Promise<void> {
    await this.save.click();
    await expect(this.page.getByText(/^Triaje guardado, /).first()).toBeVisible();
  }
}
