import { type ValidationInputs, validationInputsSchema } from '#domain/form/validation-form.ts';
import { RECORD_SCHEMA_VERSION } from '#domain/records/record.ts';
import type { AppendResult, Clock, DeviceIdentity, RecordStore } from './ports.ts';

/** Writes what the patient turned out to have, as a record of its own. The latest validation of a triage counts. */
export type SubmitValidation = (triageId: string, inputs: ValidationInputs) => Promise<AppendResult>;

export interface SubmitValidationPorts {
  readonly records: Pick<RecordStore, 'append'>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly identity: () => DeviceIdentity;
}

export function createSubmitValidation(ports: SubmitValidationPorts): SubmitValidation {
  return async (triageId, inputs) =>
    ports.records.append({
      id: ports.newId(),
      kind: 'validation',
      schemaVersion: RECORD_SCHEMA_VERSION,
      createdAt: ports.clock.now(),
      ...ports.identity(),
      body: { triageId, ...validationInputsSchema.parse(inputs) },
    });
}
