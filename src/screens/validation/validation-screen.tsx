import { useCallback } from 'react';
import { IconAlertCircle } from '@tabler/icons-react';
import type { TriageRecord } from '#domain/records/record.ts';
import { m } from '#i18n/generated/messages.js';
import { Button } from '#ui/button.tsx';
import { EmptyCard } from '#ui/empty-card.tsx';
import type { RecordStore, StoredRecord } from '#workflows/ports.ts';
import surface from '../surface.module.css';
import { useRecords } from '../use-records.ts';
import { ValidationForm } from './validation-form.tsx';

export interface ValidationScreenProps {
  readonly triageId: string;
  readonly onBack: () => void;
  /** Called once the validation is stored, with the patient's code. */
  readonly onSaved: (code: string) => void;
}

interface Loaded {
  readonly triage: StoredRecord | undefined;
  readonly validations: readonly StoredRecord[];
}

/** What the patient really had, told blind: the forecast appears only once an answer was chosen. */
export function ValidationScreen({ triageId, onBack, onSaved }: ValidationScreenProps) {
  const read = useCallback(
    async (records: RecordStore): Promise<Loaded> => {
      const [triage, validations] = await Promise.all([records.get(triageId), records.validationsOf(triageId)]);
      return { triage, validations };
    },
    [triageId],
  );
  const loaded = useRecords(read);
  if (!loaded)
    return (
      <p className={`v-page ${surface['page']}`} role="status">
        {m.validation_loading()}
      </p>
    );
  const triage = readableTriage(loaded.triage);
  const isDamaged = loaded.triage?.status === 'damaged';
  if (!triage)
    return (
      <div className={`v-page ${surface['page']}`}>
        <EmptyCard
          icon={<IconAlertCircle size={28} />}
          title={isDamaged ? m.patients_damaged() : m.validation_not_found()}
          actions={<Button onClick={onBack}>{m.validation_back()}</Button>}
        >
          {isDamaged ? m.patients_damaged_help() : m.validation_not_found_help()}
        </EmptyCard>
      </div>
    );
  return <ValidationForm triage={triage} validations={loaded.validations} onBack={onBack} onSaved={onSaved} />;
}

function readableTriage(stored: StoredRecord | undefined): TriageRecord | undefined {
  return stored?.status === 'intact' && stored.record.kind === 'triage' ? stored.record : undefined;
}
