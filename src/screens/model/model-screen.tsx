import type { ModelManifest } from '#domain/model/manifest.ts';
import { useServices, useStore } from '../services.tsx';
import surface from '../surface.module.css';
import { CalibrationCard } from './calibration-card.tsx';
import { ConfusionCard } from './confusion-card.tsx';
import { IdentityCard } from './identity-card.tsx';
import { LimitsCard } from './limits-card.tsx';
import { MetricsCard } from './metrics-card.tsx';
import styles from './model-screen.module.css';
import { ModelUnavailable } from './model-unavailable.tsx';
import { ProvenanceCard } from './provenance-card.tsx';
import { SubgroupCard } from './subgroup-card.tsx';

/** Which model answers, how often it is right, and what it must not be used for. */
export function ModelScreen() {
  const { predictor } = useServices();
  const state = useStore(predictor, () => predictor.model());
  if (state.status !== 'ready')
    return (
      <div className={`v-page ${surface['page']}`}>
        <ModelUnavailable state={state} />
      </div>
    );
  return (
    <div className={`v-page ${surface['page']} ${styles['grid']}`}>
      <IdentityCard identity={state.identity} manifest={state.manifest} />
      <LimitsCard test={state.manifest.evaluation.test} />
      <Figures manifest={state.manifest} />
      <ProvenanceCard provenance={state.manifest.provenance} />
    </div>
  );
}

function Figures({ manifest }: { readonly manifest: ModelManifest }) {
  const { test } = manifest.evaluation;
  return (
    <>
      <MetricsCard test={test} />
      <CalibrationCard bins={test.reliability} calibrationError={test.vitalsAndSymptoms.ece} />
      <ConfusionCard confusion={test.confusion} />
      <SubgroupCard bySubgroup={test.bySubgroup} />
    </>
  );
}
