import type { Visit } from '../lib/visits.ts';

const AGE_BANDS = [
  [0, 4],
  [5, 17],
  [18, 39],
  [40, 64],
  [65, 79],
  [80, 120],
] as const;
const COMPLETE = ['hr_bpm', 'temp_c', 'sbp_mmhg', 'dbp_mmhg'] as const;

/** Row numbers by subgroup: age band, sex and whether the seed vitals are all there. Empty groups are left out. */
export function subgroupsOf(visits: readonly Visit[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const [row, visit] of visits.entries())
    for (const name of namesOf(visit)) {
      const rows = groups.get(name) ?? [];
      rows.push(row);
      groups.set(name, rows);
    }
  return new Map([...groups].toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })));
}

function namesOf({ inputs }: Visit): readonly string[] {
  const age = inputs.ageYears;
  const band = AGE_BANDS.find(([low, high]) => age !== undefined && age >= low && age <= high);
  const isComplete = COMPLETE.every((id) => inputs.vitals[id] !== undefined);
  return [
    ...(band ? [band[1] === 120 ? 'age:80+' : `age:${band[0]}-${band[1]}`] : []),
    ...(inputs.sex ? [`sex:${inputs.sex}`] : []),
    `vitals:${isComplete ? 'complete' : 'incomplete'}`,
  ];
}
