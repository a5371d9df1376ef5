import 'fake-indexeddb/auto';
import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Services, ServicesProvider } from '#screens/services.tsx';
import { TriageScreen } from '#screens/triage/triage-screen.tsx';
import { DATABASE_NAME, openVigiaDatabase, type VigiaDatabase } from '#storage/database.ts';
import { LiveRegion } from '#ui/live-region.tsx';
import type { ModelState, Predictor } from '#workflows/ports.ts';
import { servicesOn } from './tablet-for-tests.ts';

/** A tablet without a model: recording must not depend on one. */
const NO_MODEL: ModelState = { status: 'unavailable', reason: 'missing' };
const withoutModel: Predictor = {
  predict: async () => ({ status: 'unavailable', reason: 'missing' }),
  model: () => NO_MODEL,
  reload: () => undefined,
  subscribe: () => () => undefined,
};

let db: VigiaDatabase;
let services: Services;

beforeEach(async () => {
  db = await openVigiaDatabase();
  services = await servicesOn(db, withoutModel);
});

afterEach(async () => {
  cleanup();
  db.close();
  await deleteDB(DATABASE_NAME);
});

async function openForm() {
  const view = render(
    <MantineProvider>
      <ServicesProvider value={services}>
        <LiveRegion>
          <TriageScreen />
        </LiveRegion>
      </ServicesProvider>
    </MantineProvider>,
  );
  await screen.findByRole('textbox', { name: 'Edad' });
  return { user: userEvent.setup(), view };
}

const field = (name: string): HTMLElement => screen.getByRole('textbox', { name });
const valueOf = (name: string): string => (field(name) as HTMLInputElement).value;
const save = () => screen.getByRole('button', { name: 'Guardar triaje' });

test('a pressure pasted into the systolic field fills both', async () => {
  const { user } = await openForm();
  await user.click(field('Presión arterial sistólica'));
  await user.paste('120/80');
  expect([valueOf('Presión arterial sistólica'), valueOf('Presión arterial diastólica')]).toEqual(['120', '80']);
});

test('Enter goes to the next field and saves nothing', async () => {
  const { user } = await openForm();
  await user.type(field('Edad'), '67{Enter}');
  expect(document.activeElement?.closest('[role=radiogroup]')?.getAttribute('aria-label')).toBe('Unidad de edad');
  await user.type(field('Pulso cardíaco'), '80{Enter}');
  expect(document.activeElement).toBe(field('Temperatura corporal'));
  expect((await services.records.counts()).saved).toBe(0);
});

test('plus on an empty field only focuses it, then steps', async () => {
  const { user } = await openForm();
  const plus = screen.getByRole('button', { name: 'Sumar a Temperatura corporal' });
  await user.click(plus);
  expect(valueOf('Temperatura corporal')).toBe('');
  expect(document.activeElement).toBe(field('Temperatura corporal'));
  await user.type(field('Temperatura corporal'), '38,9');
  await user.click(plus);
  expect(valueOf('Temperatura corporal')).toBe('39,0');
});

test('an impossible value is named on leaving the field and forgotten as soon as it is right', async () => {
  const { user } = await openForm();
  const temperature = field('Temperatura corporal');
  await user.type(temperature, '83,9');
  expect(temperature.getAttribute('aria-invalid')).toBe('false');
  await user.keyboard('{Enter}');
  expect(temperature.getAttribute('aria-invalid')).toBe('true');
  await user.click(screen.getByRole('button', { name: 'Usar 38,9 en Temperatura corporal' }));
  expect(valueOf('Temperatura corporal')).toBe('38,9');
  expect(temperature.getAttribute('aria-invalid')).toBe('false');
});

test('saving with errors moves the focus to a summary whose links lead to the fields', async () => {
  const { user } = await openForm();
  await user.type(field('Temperatura corporal'), '83,9');
  await user.click(save());
  const summary = screen.getByRole('heading', { name: 'Hay 2 datos por corregir' });
  await waitFor(() => expect(document.activeElement).toBe(summary));
  await user.click(screen.getByRole('link', { name: /^Edad: / }));
  expect(document.activeElement).toBe(field('Edad'));
  expect((await services.records.counts()).saved).toBe(0);
});

test('an unusual value blocks saving until it is said to be right', async () => {
  const { user } = await openForm();
  await user.type(field('Edad'), '40');
  await user.type(field('Pulso cardíaco'), '188');
  await user.click(save());
  await user.click(await screen.findByRole('button', { name: 'Es correcto: Pulso cardíaco' }));
  await user.click(save());
  await screen.findByRole('heading', { name: /^Triaje guardado, / });
});

test('without a model a triage is saved, says so and lets the draft go', async () => {
  const { user } = await openForm();
  expect(screen.getByRole('heading', { name: 'El pronóstico no está disponible' })).toBeDefined();
  await user.type(field('Código del paciente'), 'SM-0427');
  await user.type(field('Edad'), '67');
  await user.click(screen.getByRole('radio', { name: 'Mujer' }));
  await user.keyboard('{Control>}{Enter}{/Control}');
  const heading = await screen.findByRole('heading', { name: /^Triaje guardado, / });
  expect(document.activeElement).toBe(heading);
  const { today } = await services.records.worklist({ filter: 'all', search: '', dayStart: 0, limit: 10 });
  expect(today[0]).toMatchObject({
    triage: { body: { inputs: { patientCode: 'SM-0427', sex: 'F' }, shown: { reason: 'missing' }, model: null } },
  });
  expect(await services.drafts.load()).toBeUndefined();
});

test('what was typed is there again after the form was left', async () => {
  const { user, view } = await openForm();
  await user.type(field('Pulso cardíaco'), '104');
  view.unmount();
  await waitFor(async () => expect((await services.drafts.load())?.draft.vitals.hr_bpm.text).toBe('104'));
  await openForm();
  expect(valueOf('Pulso cardíaco')).toBe('104');
});

test('a discarded form can be brought back', async () => {
  const { user } = await openForm();
  await user.type(field('Pulso cardíaco'), '104');
  await user.click(screen.getByRole('button', { name: 'Descartar' }));
  expect(valueOf('Pulso cardíaco')).toBe('');
  await user.click(screen.getByRole('button', { name: 'Deshacer' }));
  expect(valueOf('Pulso cardíaco')).toBe('104');
});

test('when the storage is gone, the form says so and stays open', async () => {
  const { user } = await openForm();
  await user.type(field('Edad'), '67');
  db.close();
  await user.click(save());
  expect((await screen.findByRole('alert')).textContent).toContain('El triaje sigue abierto');
  expect(valueOf('Edad')).toBe('67');
});
