import { IconAlertTriangle, IconCheck, IconInfoCircle, IconPlus, IconRulerOff } from '@tabler/icons-react';
import { type Caution, cautionsFor } from '#domain/decision/cautions.ts';
import type { GivenForecast, KnownInputs } from '#domain/decision/decide.ts';
import { VITAL_DECIMALS, type VitalId } from '#domain/form/vitals.ts';
import type { ModelIdentity } from '#domain/records/record.ts';
import { formatList, formatNumber } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { viewForecast } from './forecast-view.ts';
import { LevelHeadline } from './level-headline.tsx';
import { ProbabilityBars } from './probability-bars.tsx';
import { TerminalRow } from './terminal-row.tsx';
import { vitalShortName } from './vital-look.ts';

export interface GivenForecastViewProps {
  readonly forecast: GivenForecast;
  readonly model: ModelIdentity | null;
  readonly known: KnownInputs;
  /** Entered, but not used until corrected. */
  readonly leftOut: readonly VitalId[];
  /** The inputs changed since. */
  readonly isStale: boolean;
  readonly onAddSymptoms: () => void;
  readonly isDocked: boolean;
}

/** Level, bars, terminal indicator, how far to trust it, model version: in this order. */
export function GivenForecastView(props: GivenForecastViewProps) {
  const { forecast, model, known, leftOut, onAddSymptoms, isDocked, isStale } = props;
  const view = viewForecast(forecast);
  const isInconclusive = view.headline === 'inconclusive';
  const reservations = <Reservations {...{ forecast, known, leftOut }} />;
  const isWithinKnown = forecast.outsideModelRange.length === 0 && leftOut.length === 0;
  return (
    <div className="v-result" data-docked={isDocked} data-stale={isStale}>
      <div className="v-stack-tight">
        <LevelHeadline forecast={forecast} view={view} />
        {forecast.outsideModelRange.length > 0 && (
          <Notice tone="warn" icon={<IconRulerOff size={22} stroke={1.9} />} title="">
            {m.forecast_outside({ values: outsideText(forecast.outsideModelRange, known) })}
          </Notice>
        )}
        {isDocked && reservations}
      </div>
      <div className="v-stack-tight">
        <ProbabilityBars bars={view.bars} isDashed={isInconclusive} />
        {view.terminalRow && <TerminalRow {...view.terminalRow} />}
      </div>
      {!isDocked && (
        <>
          {reservations}
          {forecast.confidence === 'vitals-only' && (
            <Button look="fill" onClick={onAddSymptoms}>
              <IconPlus size={20} stroke={1.9} aria-hidden="true" />
              {m.forecast_add_symptoms()}
            </Button>
          )}
        </>
      )}
      <p className="v-result-meta">
        {isWithinKnown && (
          <span>
            <IconCheck size={17} stroke={1.9} aria-hidden="true" />
            {m.forecast_in_range()}
          </span>
        )}
        {model && <span>{m.forecast_model_version({ version: model.version })}</span>}
      </p>
    </div>
  );
}

type ReservationsProps = Pick<GivenForecastViewProps, 'forecast' | 'known' | 'leftOut'>;

/** How far to trust it: what was left out, how much is known, who the patient is. */
function Reservations({ forecast, known, leftOut }: ReservationsProps) {
  return (
    <>
      {leftOut.length > 0 && (
        <Notice
          tone="warn"
          icon={<IconAlertTriangle size={22} stroke={1.9} />}
          title={m.forecast_left_out({ values: formatList(leftOut.map(vitalShortName)) })}
        />
      )}
      <ConfidenceNotice {...{ forecast, known, leftOut }} />
      {cautionsFor(known).map((caution) => (
        <Notice key={caution} icon={<IconInfoCircle size={22} stroke={1.9} />} title="">
          {CAUTIONS[caution]()}
        </Notice>
      ))}
    </>
  );
}

const CAUTIONS = {
  child: m.forecast_caution_child,
  'eighty-or-more': m.forecast_caution_eighty,
  'pregnancy-unknown': m.forecast_caution_pregnancy,
} as const satisfies Record<Caution, () => string>;

function ConfidenceNotice({ forecast, known, leftOut }: ReservationsProps) {
  if (forecast.confidence === 'usual') return null;
  const isVeryLow = forecast.confidence === 'few-vitals';
  // What was entered and waits for correction is not asked for a second time.
  const help = whatWouldHelp({ forecast, known, leftOut });
  return (
    <Notice
      tone={isVeryLow ? 'warn' : 'info'}
      icon={<IconInfoCircle size={22} stroke={1.9} />}
      title={isVeryLow ? m.forecast_few_vitals() : m.forecast_vitals_only()}
    >
      {help.length > 0 && m.forecast_would_help({ inputs: formatList(help) })}
    </Notice>
  );
}

const BASIC: readonly VitalId[] = ['hr_bpm', 'temp_c', 'sbp_mmhg', 'dbp_mmhg'];
const FURTHER: readonly VitalId[] = ['spo2_pct', 'rr_bpm'];

/** The missing inputs that carry most: symptoms first, then the vital signs the network leans on. */
function whatWouldHelp({ forecast, known, leftOut }: ReservationsProps): readonly string[] {
  const wanted = forecast.confidence === 'few-vitals' ? BASIC : FURTHER;
  const isMissing = (id: VitalId): boolean =>
    (known.vitals[id]?.state ?? 'not-measured') === 'not-measured' && !leftOut.includes(id);
  return [
    ...(known.symptoms.length === 0 ? [m.forecast_input_symptoms()] : []),
    ...wanted.filter(isMissing).map(vitalShortName),
  ];
}

function outsideText(outside: readonly VitalId[], known: KnownInputs): string {
  const texts = outside.map((id) => {
    const entry = known.vitals[id];
    const value = entry && entry.state !== 'not-measured' ? formatNumber(entry.value, VITAL_DECIMALS[id]) : '';
    return `${vitalShortName(id)} ${value}`.trim();
  });
  return formatList(texts);
}
