import 'fake-indexeddb/auto';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SAMPLE_FORECAST, sampleId, sampleTriage, sampleValidation } from '#domain/records/record-samples.ts';
import type { VigiaRecord } from '#domain/records/record.ts';
import { openVigiaDatabase, type VigiaDatabase } from '#storage/database.ts';
import { createRecordStore } from '#storage/record-store.ts';
import type { RecordStore } from '#workflows/ports.ts';
import { createSubmitValidation } from '#workflows/submit-validation.ts';
import { createOpenForm } from '../open-form.ts';
import { type Services, ServicesProvider } from '../services.tsx';
import { ValidationScreen } from './validation-screen.tsx';

const shown = SAMPLE_FORECAST;
const TRIAGE_ID = sampleId(1);

let db: VigiaDatabase;
let records: RecordStore;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  db = await openVigiaDatabase();
  records = createRecordStore(db);
  const triage = sampleTriage(1, { patientCode: 'SM-0427' });
  await records.append({ ...triage, body: { ...triage.body, shown } });
});

const openForm = createOpenForm();

/** The screen on a real store that holds one triage. */
function open() {
  const saved: string[] = [];
  const submitValidation = createSubmitValidation({
    records,
    clock: { now: () => '2026-03-20T10:00:00-05:00' },
    newId: () => sampleId(9),
    identity: () => ({ deviceId: sampleTriage(1).deviceId, siteId: '', userId: '' }),
  });
  // The other services are not there: this screen must not reach for them.
  const services = { records, submitValidation, openForm } as Partial<Services> as Services;
  render(
    <ServicesProvider value={services}>
      <ValidationScreen triageId={TRIAGE_ID} onBack={() => undefined} onSaved={(code) => saved.push(code)} />
    </ServicesProvider>,
  );
  return { saved, user: userEvent.setup() };
}

async function validations(): Promise<readonly VigiaRecord[]> {
  const stored = await records.validationsOf(TRIAGE_ID);
  return stored.flatMap((one) => (one.status === 'intact' ? [one.record] : []));
}

afterEach(cleanup);

test('the forecast stays hidden until the true category is chosen', async () => {
  const { user } = open();
  const choice = await screen.findByRole('radio', { name: 'ENFERMEDAD AGUDA' });
  expect(document.body.textContent).not.toMatch(/68\s%/);
  expect(screen.queryByText(/Coincide/)).toBeNull();
  await user.click(choice);
  expect(document.body.textContent).toMatch(/68\s%/);
  expect(screen.getByText(/Coincide con el pronóstico/)).toBeTruthy();
});

test('another category than the forecast is thanked for, not blamed', async () => {
  const { user } = open();
  await user.click(await screen.findByRole('radio', { name: 'ENFERMEDAD LEVE' }));
  expect(screen.getByText(/No coincide; gracias, así mejora/)).toBeTruthy();
});

test('saving without a category says so at the field, moves focus there and writes nothing', async () => {
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Guardar validación' }));
  const group = screen.getByRole('radiogroup', { name: 'Clasificación real' });
  expect(group.getAttribute('aria-invalid')).toBe('true');
  expect(group.contains(document.activeElement)).toBe(true);
  expect(await validations()).toEqual([]);
});

test('what was typed is written and the way back is told whose it was', async () => {
  const { user, saved } = open();
  await user.click(await screen.findByRole('radio', { name: 'No se pudo saber' }));
  await user.type(screen.getByLabelText('Diagnóstico confirmado'), ' Neumonía ');
  await user.click(screen.getByRole('button', { name: 'Guardar validación' }));
  await waitFor(() => expect(saved).toEqual(['SM-0427']));
  const bodies = (await validations()).map((record) => record.body);
  expect(bodies).toEqual([{ triageId: TRIAGE_ID, trueCategory: 'unknown', diagnosis: 'Neumonía' }]);
});

test('a failed save is shown and nothing typed is lost', async () => {
  const { user, saved } = open();
  await user.click(await screen.findByRole('radio', { name: 'ENFERMEDAD AGUDA' }));
  await user.type(screen.getByLabelText('Notas'), 'control en 8 días');
  db.close();
  await user.click(screen.getByRole('button', { name: 'Guardar validación' }));
  expect((await screen.findByRole('alert')).textContent).toContain('No se pudo guardar');
  expect(screen.getByLabelText<HTMLTextAreaElement>('Notas').value).toBe('control en 8 días');
  expect(saved).toEqual([]);
});

test('an earlier validation is kept as version 1', async () => {
  await records.append(sampleValidation(2, TRIAGE_ID));
  open();
  expect(await screen.findByText('Guardar crea la versión 2; la 1 se conserva.')).toBeTruthy();
  expect(screen.getByText('Versión 1')).toBeTruthy();
});

test('a new version of the app waits while something is entered', async () => {
  const { user } = open();
  await user.type(await screen.findByLabelText('Notas'), 'a');
  expect(openForm.isOpen()).toBe(true);
  cleanup();
  expect(openForm.isOpen()).toBe(false);
});
