import { availableParallelism } from 'node:os';
import { BadBundleError, bundleIdentity } from '../lib/bundle.ts';
import { openBytes } from '../lib/table.ts';
import { sha256Hex } from '../lib/hash.ts';
import { formatOf, headerOf } from '../score/format.ts';
import { type Progress, runScoring } from '../score/run-scoring.ts';
import { startScorers } from '../score/threads.ts';
import { type Command, CommandError, type OptionValues, say, text } from './command.ts';
import { openScoreInput, type ScoreInput } from './score-input.ts';
import { freshOutput, resumableOutput, type ScoreOutput } from './score-output.ts';

/** More would hide what matters; every one is counted. */
const MOST_TOLD = 1000;

export const scoreCommand: Command = {
  summary: 'score visits with a model bundle',
  help: `Usage: vigia score --in FILE --out FILE [--bundle DIR] [--threads N] [--resume]

Predicts every visit of a CSV (or .ndjson, .jsonl: one object per line with the same names; also .gz) with the very code
the tablets use. Columns: visit_id, age_years, sex, hr_bpm, temp_c, sbp_mmhg, dbp_mmhg, rr_bpm, spo2_pct, pain_0_10,
gcs_3_15, on_oxygen, ambulance, nursing_home, hx_cebvd, hx_chf, hx_dial, hx_hiv, hx_diabetes, symptoms (slugs joined by
";", in JSON also a list), rfv1, rfv2, rfv3 (reason-for-visit codes, finer than the slugs; slugs alone are enough, codes
alone bring theirs). Missing columns and empty cells are "not given", as are values outside the model's range; other
columns are ignored. Decimal comma (in quotes) or point. Lines that cannot be read are reported with their number and
skipped. Rows under one year and in pregnancy are scored too, although the form stays silent there: use them for analysis
only. Memory does not grow with the file, and the number of threads changes no byte of the answer.

The category is the largest product of probability and the model's decision multipliers, which were tuned for macro-F1: it
is not always the likeliest one. Abstention looks at the likeliest one, sets at the probabilities.

  --in FILE     visits
  --out FILE    visit_id,p_no_enfermo,p_leve,p_aguda,p_cronica,p_terminal,category,abstained,set   (set joined by ";";
                with .ndjson or .jsonl one object per line, set as a list)
  --bundle DIR  a version's folder, or the folder with current.json   [public/model]
  --threads N   [as many as there are processors]
  --resume      keep what was scored when cut short, and go on from there`,
  options: {
    in: { type: 'string' },
    out: { type: 'string' },
    bundle: { type: 'string', default: 'public/model' },
    threads: { type: 'string' },
    resume: { type: 'boolean' },
  },
  required: ['in', 'out'],
  run: runScore,
};

async function runScore(values: OptionValues): Promise<0 | 1> {
  const path = text(values, 'in') ?? '';
  try {
    const input = await openScoreInput(await openBytes(path), formatOf(path));
    const { scored, refused } = await scoreAll(values, path, input);
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    say(`${scored} scored, ${refused} skipped (model ${modelName(values)}; at most ${megabytes} MB)`);
    return 0;
  } catch (error) {
    if (error instanceof BadBundleError) throw new CommandError(error.message);
    throw new CommandError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function scoreAll(values: OptionValues, path: string, input: ScoreInput): Promise<Progress> {
  const [bundle, outPath] = [text(values, 'bundle') ?? '', text(values, 'out') ?? ''];
  const output = formatOf(outPath);
  const scorers = await startScorers(threadsOf(values), { bundle, input: input.format, output });
  let out: ScoreOutput | undefined;
  try {
    out = openOutput(values, outPath, input);
    out.write(headerOf(output));
    const progress = await runScoring(out.remaining(input.body), scorers, out.start, {
      write: out.write,
      done: out.done,
      refused: teller(path),
    });
    out.commit();
    return progress;
  } catch (error) {
    out?.abandon();
    throw error;
  } finally {
    await scorers.close();
  }
}

function openOutput(values: OptionValues, path: string, { format, headerLines }: ScoreInput): ScoreOutput {
  if (values['resume'] !== true) return freshOutput(path, headerLines);
  const { sha256 } = bundleIdentity(text(values, 'bundle') ?? '');
  return resumableOutput(path, headerLines, sha256Hex(JSON.stringify([sha256, format, formatOf(path)])));
}

function teller(path: string): (line: number, reason: string) => void {
  let told = 0;
  return (line, reason) => {
    told += 1;
    if (told <= MOST_TOLD) say(`${path}:${line}: ${reason}; skipped`);
    if (told === MOST_TOLD) say(`${path}: more lines are skipped; they are only counted from here on`);
  };
}

function threadsOf(values: OptionValues): number {
  const told = text(values, 'threads');
  const count = told === undefined ? availableParallelism() : Number(told);
  if (!Number.isInteger(count) || count < 1) throw new CommandError(`--threads ${told} is not a number of threads`);
  return count;
}

function modelName(values: OptionValues): string {
  const { name, version } = bundleIdentity(text(values, 'bundle') ?? '');
  return `${name} ${version}`;
}
