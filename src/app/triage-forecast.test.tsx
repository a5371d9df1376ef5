import 'fake-indexeddb/auto';
import { MantineProvider } from '@mantine/core';
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPredictor } from '#inference/client.ts';
import type { FromWorker, ToWorker } from '#inference/messages.ts';
import { tinyBundle } from '#inference/worker/tiny-bundle.ts';
import { type Services, ServicesProvider } from '#screens/services.tsx';
import { TriageScreen } from '#screens/triage/triage-screen.tsx';
import { DATABASE_NAME, openVigiaDatabase, type VigiaDatabase } from '#storage/database.ts';
import { LiveRegion } from '#ui/live-region.tsx';
import { servicesOn } from './tablet-for-tests.ts';

/** A worker that answers when it is told to. The pulse it was asked about is the per cent of "leve" it answers. */
class SlowWorker extends EventTarget {
  #asked: ToWorker | undefined;
  postMessage(message: ToWorker): void {
    if (message.kind === 'predict') this.#asked = message;
    else this.#say({ kind: 'ready', identity, manifest: tinyBundle().manifest });
  }
  terminate(): void {
    this.#asked = undefined;
  }
  pulseAsked(): number | undefined {
    return this.#asked?.kind === 'predict' ? this.#asked.inputs.vitals.hr_bpm : undefined;
  }
  answer(): void {
    const asked = this.#asked;
    if (asked?.kind !== 'predict') throw new Error('not asked');
    this.#asked = undefined;
    const leve = (asked.inputs.vitals.hr_bpm ?? 0) / 100;
    const probabilities = { no_enfermo: 0, leve, aguda: 1 - leve, cronica: 0, terminal: 0 };
    this.#say({ kind: 'answer', id: asked.id, probabilities });
  }
  #say(data: FromWorker): void {
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data })));
  }
}

const identity = { name: 'tiny', version: '1.0.0', sha256: '0'.repeat(64) };
let worker: SlowWorker;
let db: VigiaDatabase;
let services: Services;

beforeEach(async () => {
  db = await openVigiaDatabase();
  worker = new SlowWorker();
  const predictor = createPredictor({
    createWorker: () => worker as unknown as Worker,
    baseUrl: 'http://tablet/model/',
  });
  services = await servicesOn(db, predictor);
  render(
    <MantineProvider>
      <ServicesProvider value={services}>
        <LiveRegion>
          <TriageScreen />
        </LiveRegion>
      </ServicesProvider>
    </MantineProvider>,
  );
  await screen.findByRole('textbox', { name: 'Edad' });
});

afterEach(async () => {
  cleanup();
  db.close();
  await deleteDB(DATABASE_NAME);
});

const field = (name: string): HTMLElement => screen.getByRole('textbox', { name });
const forecast = (): HTMLElement => screen.getByRole('region', { name: 'Pronóstico' });
const answer = async (): Promise<void> => act(async () => worker.answer());
const isAskedAbout = (pulse: number): Promise<void> => waitFor(() => expect(worker.pulseAsked()).toBe(pulse));

async function savedLeve(): Promise<number> {
  await screen.findByText(/^Triaje guardado/);
  const [stored] = await services.records.undelivered();
  if (stored?.status !== 'intact' || stored.record.kind !== 'triage') throw new Error('no triage');
  const { inputs, shown } = stored.record.body;
  if (shown.status !== 'given') throw new Error(`shown: ${shown.status}`);
  expect(inputs.vitals.hr_bpm).toMatchObject({ value: 100 * shown.probabilities.leve });
  return shown.probabilities.leve;
}

test('what is recorded as shown belongs to the recorded inputs, however quickly one saves', async () => {
  const user = userEvent.setup();
  await user.type(field('Edad'), '40');
  await user.type(field('Pulso cardíaco'), '70');
  await isAskedAbout(70);
  await answer();
  await waitFor(() => expect(forecast().textContent).toContain('70%'));
  await user.clear(field('Pulso cardíaco'));
  await user.type(field('Pulso cardíaco'), '80{Control>}{Enter}{/Control}');
  await isAskedAbout(80);
  expect((await services.records.counts()).saved).toBe(0);
  await answer();
  expect(await savedLeve()).toBe(0.8);
});

test('an answer that comes after its question was changed is never shown', async () => {
  const user = userEvent.setup();
  await user.type(field('Edad'), '40');
  await user.type(field('Pulso cardíaco'), '70');
  await isAskedAbout(70);
  await user.clear(field('Pulso cardíaco'));
  await user.type(field('Pulso cardíaco'), '80');
  await answer();
  expect(forecast().textContent).not.toContain('70%');
  await isAskedAbout(80);
  await answer();
  await waitFor(() => expect(forecast().textContent).toContain('80%'));
});

test('nothing of the forecast before survives into the next patient', async () => {
  const user = userEvent.setup();
  await user.type(field('Edad'), '40');
  await user.type(field('Pulso cardíaco'), '70');
  await isAskedAbout(70);
  await answer();
  await waitFor(() => expect(forecast().textContent).toContain('70%'));
  await user.click(screen.getByRole('button', { name: 'Descartar' }));
  expect(forecast().textContent).not.toContain('70%');
  await user.type(field('Edad'), '9');
  await user.type(field('Pulso cardíaco'), '90');
  expect(forecast().textContent).not.toContain('70%');
  await isAskedAbout(90);
});

test('a pregnancy silences the forecast at once', async () => {
  const user = userEvent.setup();
  await user.click(screen.getByRole('radio', { name: 'Mujer' }));
  await user.type(field('Edad'), '30');
  await user.type(field('Pulso cardíaco'), '70');
  await isAskedAbout(70);
  await answer();
  await waitFor(() => expect(forecast().textContent).toContain('70%'));
  expect(forecast().textContent).toContain('Falta responder embarazo o posparto');
  await user.click(screen.getByRole('radio', { name: 'Embarazada' }));
  expect(forecast().textContent).not.toContain('70%');
  expect(forecast().textContent).toContain('Sin pronóstico en embarazo');
});

test('a value that cannot be used is named beside the forecast that does without it', async () => {
  const user = userEvent.setup();
  await user.type(field('Edad'), '40');
  await user.type(field('Pulso cardíaco'), '70');
  await user.type(field('Temperatura corporal'), '389');
  await isAskedAbout(70);
  await answer();
  await waitFor(() => expect(forecast().textContent).toContain('Sin usar, por corregir: temperatura.'));
  expect(forecast().textContent).not.toContain('Dentro de lo que el modelo conoce');
});

test('discarding leaves no reproach behind, and the focus where it can be undone', async () => {
  const user = userEvent.setup();
  await user.type(field('Pulso cardíaco'), '70');
  await user.click(screen.getByRole('button', { name: 'Guardar triaje' }));
  await screen.findByText('Edad: Escriba la edad.');
  await user.click(screen.getByRole('button', { name: 'Descartar' }));
  expect(screen.queryByText('Escriba la edad.')).toBeNull();
  const undo = screen.getByRole('button', { name: 'Deshacer' });
  await waitFor(() => expect(document.activeElement).toBe(undo));
  await user.click(undo);
  await waitFor(() => expect(document.activeElement).toBe(field('Código del paciente')));
  expect((field('Pulso cardíaco') as HTMLInputElement).value).toBe('70');
});
