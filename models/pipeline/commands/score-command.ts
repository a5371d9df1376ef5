import { BadBundleError, openBundle } from '../lib/bundle.ts';
import { openBytes, readTable } from '../lib/table.ts';
import { openAtomic } from '../lib/files.ts';
import { useCpuBackend } from '../lib/tf-setup.ts';
import { createScorer, SCORE_HEADER } from '../score/score.ts';
import { type Command, CommandError, type OptionValues, say, text } from './command.ts';

export const scoreCommand: Command = {
  summary: 'score a CSV of visits with a model bundle',
  help: `Usage: vigia score --in FILE --out FILE [--bundle DIR]

Predicts every visit of a CSV (or .csv.gz) with the very code the tablets use. Columns: visit_id, age_years, sex, hr_bpm,
temp_c, sbp_mmhg, dbp_mmhg, rr_bpm, spo2_pct, pain_0_10, gcs_3_15, on_oxygen, ambulance, nursing_home, hx_cebvd, hx_chf,
hx_dial, hx_hiv, hx_diabetes, symptoms (slugs joined by ";"), rfv1, rfv2, rfv3 (reason-for-visit codes, finer than the
slugs; slugs alone are enough, codes alone bring theirs). Missing columns and empty cells are "not given", as are
values outside the model's range; other columns are ignored. Decimal comma (in quotes) or point. Lines that cannot be
read are reported with their number and skipped. Rows under one year and in pregnancy are scored too, although the form
stays silent there: use them for analysis only.

The category is the largest product of probability and the model's decision multipliers, which were tuned for macro-F1: it
is not always the likeliest one. Abstention looks at the likeliest one, sets at the probabilities.

  --in FILE     visits
  --out FILE    visit_id,p_no_enfermo,p_leve,p_aguda,p_cronica,p_terminal,category,abstained,set   (set joined by ";")
  --bundle DIR  a version's folder, or the folder with current.json   [public/model]`,
  options: {
    in: { type: 'string' },
    out: { type: 'string' },
    bundle: { type: 'string', default: 'public/model' },
  },
  required: ['in', 'out'],
  run: runScore,
};

async function runScore(values: OptionValues): Promise<0 | 1> {
  const path = text(values, 'in') ?? '';
  await useCpuBackend();
  const model = open(text(values, 'bundle') ?? '');
  const out = openAtomic(text(values, 'out') ?? '');
  const scorer = createScorer(
    model,
    (lines) => out.write(lines),
    (line, reason) => say(`${path}:${line}: ${reason}; skipped`),
  );
  try {
    out.write(SCORE_HEADER);
    await readTable(await openBytes(path), scorer);
    const { scored, refused } = scorer.finish();
    out.commit();
    say(`${scored} scored, ${refused} skipped (model ${model.manifest.name} ${model.manifest.version})`);
  } catch (error) {
    out.abandon();
    throw new CommandError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    model.dispose();
  }
  return 0;
}

function open(folder: string) {
  try {
    return openBundle(folder);
  } catch (error) {
    if (error instanceof BadBundleError) throw new CommandError(error.message);
    throw error;
  }
}
