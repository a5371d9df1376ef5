import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import type { ValidationInputs } from '#domain/form/validation-form.ts';
import type { TriageRecord, ValidationRecord } from '#domain/records/record.ts';
import type { AppendResult, StoredRecord } from '#workflows/ports.ts';
import { type Services, ServicesProvider } from '../services.tsx';
import { ValidationScreen } from './validation-screen.tsx';

const hash = 'a'.repeat(64);
const envelope = {
  schemaVersion: 1,
  createdAt: '2026-11-20T10:00:00-05:00',
  deviceId: '01990000-0000-7000-8000-000000000000',
  siteId: '',
  userId: '',
  prevHash: null,
  hash,
} as const;

const triage: TriageRecord = {
  ...envelope,
  id: '01990000-0000-7000-8000-000000000001',
  kind: 'triage',
  body: {
    inputs: { patientCode: 'SM-0427', age: { value: 67, unit: 'a' }, vitals: {}, symptoms: [] },
    shown: {
      status: 'given',
      probabilities: { no_enfermo: 0.03, leve: 0.11, aguda: 0.68, cronica: 0.17, terminal: 0.01 },
      category: 'aguda',
      runnerUp: 'cronica',
      abstained: false,
      confidence: 'usual',
      set: ['aguda'],
      terminalRaised: false,
      outsideModelRange: [],
    },
    model: null,
    clinicianFirst: false,
  },
};

const earlier: ValidationRecord = {
  ...envelope,
  id: '01990000-0000-7000-8000-000000000002',
  kind: 'validation',
  body: { triageId: triage.id, trueCategory: 'leve' },
};

const stored = (record: TriageRecord | ValidationRecord): StoredRecord => ({
  status: 'intact',
  record,
  delivery: { state: 'queued', attempts: 0 },
});

/** The screen on a store that holds one triage, and what it asked to be written. */
function open(result: AppendResult, validations: readonly ValidationRecord[] = []) {
  const submitted: ValidationInputs[] = [];
  const saved: string[] = [];
  const services = {
    records: {
      get: async () => stored(triage),
      validationsOf: async () => validations.map(stored),
      subscribe: () => () => undefined,
    },
    submitValidation: async (_triageId: string, inputs: ValidationInputs) => {
      submitted.push(inputs);
      return result;
    },
  } as unknown as Services;
  render(
    <ServicesProvider value={services}>
      <ValidationScreen triageId={triage.id} onBack={() => undefined} onSaved={(code) => saved.push(code)} />
    </ServicesProvider>,
  );
  return { submitted, saved, user: userEvent.setup() };
}

const savedResult: AppendResult = { status: 'saved', record: earlier };

afterEach(cleanup);

test('the forecast stays hidden until the true category is chosen', async () => {
  const { user } = open(savedResult);
  const choice = await screen.findByRole('radio', { name: 'ENFERMEDAD AGUDA' });
  expect(document.body.textContent).not.toMatch(/68\s%/);
  expect(screen.queryByText(/Coincide/)).toBeNull();
  await user.click(choice);
  expect(document.body.textContent).toMatch(/68\s%/);
  expect(screen.getByText(/Coincide con el pronóstico/)).toBeTruthy();
});

test('another category than the forecast is thanked for, not blamed', async () => {
  const { user } = open(savedResult);
  await user.click(await screen.findByRole('radio', { name: 'ENFERMEDAD LEVE' }));
  expect(screen.getByText(/No coincide; gracias, así mejora/)).toBeTruthy();
});

test('saving without a category says so at the field, moves focus there and writes nothing', async () => {
  const { user, submitted } = open(savedResult);
  await user.click(await screen.findByRole('button', { name: 'Guardar validación' }));
  const group = screen.getByRole('radiogroup', { name: 'Clasificación real' });
  expect(group.getAttribute('aria-invalid')).toBe('true');
  expect(group.contains(document.activeElement)).toBe(true);
  expect(submitted).toEqual([]);
});

test('what was typed is written and the way back is told whose it was', async () => {
  const { user, submitted, saved } = open(savedResult);
  await user.click(await screen.findByRole('radio', { name: 'No se pudo saber' }));
  await user.type(screen.getByLabelText('Diagnóstico confirmado'), ' Neumonía ');
  await user.click(screen.getByRole('button', { name: 'Guardar validación' }));
  await waitFor(() => expect(saved).toEqual(['SM-0427']));
  expect(submitted).toEqual([{ trueCategory: 'unknown', diagnosis: 'Neumonía' }]);
});

test('a failed save is shown and nothing typed is lost', async () => {
  const { user, saved } = open({ status: 'failed', reason: 'no-space' });
  await user.click(await screen.findByRole('radio', { name: 'ENFERMEDAD AGUDA' }));
  await user.type(screen.getByLabelText('Notas'), 'control en 8 días');
  await user.click(screen.getByRole('button', { name: 'Guardar validación' }));
  expect((await screen.findByRole('alert')).textContent).toContain('No cabe');
  expect(screen.getByLabelText<HTMLTextAreaElement>('Notas').value).toBe('control en 8 días');
  expect(saved).toEqual([]);
});

test('an earlier validation is kept as version 1', async () => {
  open(savedResult, [earlier]);
  expect(await screen.findByText('Guardar crea la versión 2; la 1 se conserva.')).toBeTruthy();
  expect(screen.getByText('Versión 1')).toBeTruthy();
});
