import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PatientsPage } from '../pages/patients-page.ts';
import { TriagePage } from '../pages/triage-page.ts';
import { expect, test } from '../support/test.ts';

/** Ways a model can be wrong on the server, and what the clinician is told. */
const FAULTS = [
  {
    name: 'missing',
    says: 'El modelo no está en esta tableta.',
    breakModel: (folder: string) => rmSync(join(folder, currentOf(folder).version), { recursive: true }),
  },
  {
    name: 'not the one its fingerprint names',
    says: 'El modelo no coincide con su huella y no se usa.',
    breakModel: (folder: string) => {
      const file = join(folder, currentOf(folder).version, 'weights.bin');
      const weights = readFileSync(file);
      weights[1000] = (weights[1000] ?? 0) ^ 1;
      writeFileSync(file, weights);
    },
  },
  {
    name: 'described by something that is no manifest',
    says: 'El modelo llegó dañado y no se usa.',
    breakModel: (folder: string) => {
      const { version } = currentOf(folder);
      const manifest = '{"manifestVersion": 1, "name": 7}';
      writeFileSync(join(folder, version, 'manifest.json'), manifest);
      const manifestSha256 = createHash('sha256').update(manifest).digest('hex');
      writeFileSync(join(folder, 'current.json'), JSON.stringify({ version, manifestSha256 }));
    },
  },
] as const;

for (const { name, says, breakModel } of FAULTS) {
  test(`a model that is ${name} silences the forecast with the reason, and saving goes on`, async ({
    app,
    tablet,
    expectedErrors,
  }) => {
    // The missing file itself, and the offline copy that cannot be made without it.
    if (name === 'missing') expectedErrors.push(/status of 404/, /bad-precaching-response/);
    breakModel(join(app.distDir, 'model'));
    const { page } = tablet;
    const triage = new TriagePage(page);
    await triage.open(app.url);
    await triage.fill({ code: 'SM-0300', age: '67' });
    await expect(triage.forecast).toContainText('El pronóstico no está disponible');
    await expect(triage.forecast).toContainText(says);
    await expect(triage.forecast).not.toContainText(/\d+\s%/);
    await triage.submit();
    const patients = new PatientsPage(page);
    await patients.open();
    await expect(patients.patient('SM-0300')).toBeVisible();
    await page.getByRole('link', { name: 'Modelo', exact: true }).click();
    await expect(page.getByRole('main')).toContainText('El pronóstico no está disponible');
  });
}

function currentOf(folder: string): { readonly version: string } {
  return JSON.parse(readFileSync(join(folder, 'current.json'), 'utf8')) as { readonly version: string };
}
