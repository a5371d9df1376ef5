import type { VitalEntry } from '#domain/form/triage-inputs.ts';
import { VITAL_IDS, type VitalId } from '#domain/form/vitals.ts';
import type { TriageRecord } from '#domain/records/record.ts';
import { SYMPTOM_GROUPS } from '#domain/symptoms/symptom-groups.ts';
import { whenText } from '../when-text.ts';
import { m } from '#i18n/generated/messages.js';
import { getLocale } from '#i18n/generated/runtime.js';
import styles from './validation.module.css';

const VITAL_NAMES = {
  hr_bpm: m.validation_vital_hr_bpm,
  temp_c: m.validation_vital_temp_c,
  sbp_mmhg: m.validation_vital_sbp_mmhg,
  dbp_mmhg: m.validation_vital_dbp_mmhg,
  rr_bpm: m.validation_vital_rr_bpm,
  spo2_pct: m.validation_vital_spo2_pct,
  pain_0_10: m.validation_vital_pain_0_10,
} as const satisfies Record<VitalId, () => string>;

/** UCUM codes as a clinician writes them. */
const UNIT_TEXTS: Readonly<Record<string, string>> = { Cel: '°C', '[degF]': '°F', 'mm[Hg]': 'mmHg', '{score}': '' };

const CONSCIOUSNESS = {
  A: m.triage_consciousness_a,
  C: m.triage_consciousness_c,
  V: m.triage_consciousness_v,
  P: m.triage_consciousness_p,
  U: m.triage_consciousness_u,
} as const;

const PREGNANCY = {
  no: m.triage_pregnancy_no,
  pregnant: m.triage_pregnancy_pregnant,
  'postpartum-6w': m.triage_pregnancy_postpartum,
} as const;

/** The triage as it was entered: each value as typed, with its unit and how it was taken. */
export function TriageData({ triage }: { readonly triage: TriageRecord }) {
  const { vitals, onOxygen, consciousness, pregnancy, symptoms } = triage.body.inputs;
  const oxygen = onOxygen === true ? m.validation_oxygen_yes() : m.validation_oxygen_no();
  return (
    <>
      <section>
        <h2>{m.validation_triage_data()}</h2>
        <p className="v-small v-muted">{whenText(triage.createdAt)}</p>
        <dl className={styles['data']}>
          {VITAL_IDS.map((id) => (
            <div key={id}>
              <dt>{VITAL_NAMES[id]()}</dt>
              <VitalValue entry={vitals[id]} />
            </div>
          ))}
          {onOxygen !== undefined && <Fact name={m.triage_oxygen()} text={oxygen} />}
          {consciousness && <Fact name={m.triage_consciousness()} text={CONSCIOUSNESS[consciousness]()} />}
          {pregnancy && <Fact name={m.triage_pregnancy()} text={PREGNANCY[pregnancy]()} />}
        </dl>
      </section>
      <section>
        <h2>{m.validation_symptoms_at_triage()}</h2>
        <p style={{ margin: 0 }}>
          {symptoms.length === 0 ? m.validation_no_symptoms() : symptoms.map(symptomName).join(' · ')}
        </p>
      </section>
    </>
  );
}

function VitalValue({ entry }: { readonly entry: VitalEntry | undefined }) {
  if (!entry) return <dd data-missing>{m.validation_not_recorded()}</dd>;
  if (entry.state === 'not-measured') return <dd data-missing>{m.triage_state_not_measured()}</dd>;
  const state = entry.state === 'estimated' ? m.triage_state_estimated() : m.triage_state_measured();
  const unit = UNIT_TEXTS[entry.unit] ?? entry.unit;
  return (
    <dd>
      {entry.state === 'estimated' && '~'}
      {entry.typed}{' '}
      <span className={styles['unit']}>
        {unit}
        {unit !== '' && ' · '}
        {state}
      </span>
    </dd>
  );
}

function Fact({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

/** Label of a symptom group in the chosen language; a slug this version does not know is shown as it is. */
function symptomName(slug: string): string {
  const group = SYMPTOM_GROUPS.find((known) => known.slug === slug);
  return group === undefined ? slug : group[getLocale()];
}
