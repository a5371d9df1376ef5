/** Every visit or validation that was read ends in exactly one place: `read = kept + Σ refused`. */
export interface Ledger {
  read: number;
  kept: number;
  /** By reason. Unvalidated triages and unknown true categories are here too: counted, not used. */
  readonly refused: Record<string, number>;
}

export interface Problem {
  readonly source: string;
  /** `line 12` or a record's id. */
  readonly where: string;
  readonly reason: string;
  readonly detail?: string;
}

/** What came of one collection; written as `<out>.report.json`. */
export interface CollectReport {
  /** Triage records and lines of text files. */
  readonly visits: Ledger;
  /** Validation records; `kept` are those that gave a kept visit its category. */
  readonly validations: Ledger;
  /** Values put right in visits, by rule. */
  readonly corrected: Record<string, number>;
  /** Things passed over in visits that were kept. */
  readonly warnings: Record<string, number>;
  /** The first of them; all go to {@link tell}. */
  readonly problems: Problem[];
  readonly tell: (problem: Problem) => void;
}

/** More would fill the memory of a million bad rows; all are in the file of problems. */
const MOST_LISTED = 1000;

/** @param tell gets every problem, the listed ones too */
export function emptyReport(tell: (problem: Problem) => void): CollectReport {
  return {
    corrected: {},
    tell,
    visits: { read: 0, kept: 0, refused: {} },
    validations: { read: 0, kept: 0, refused: {} },
    warnings: {},
    problems: [],
  };
}

/** In the table since an earlier run, and unchanged. */
export const ALREADY_COLLECTED = 'already-collected';

/** What becomes of a visit that is offered: kept, or the reason why not. */
export type Keeping = 'kept' | 'duplicate' | typeof ALREADY_COLLECTED | 'changed-since-collected';

/** Books something as read and refused. */
export function refuse(report: CollectReport, ledger: 'visits' | 'validations', problem: Problem): void {
  const { refused } = report[ledger];
  refused[problem.reason] = (refused[problem.reason] ?? 0) + 1;
  // A weekly run meets every visit of the weeks before: counted, not told one by one.
  if (problem.reason !== ALREADY_COLLECTED) note(report, problem);
}

/** Notes something that did not cost the visit. */
export function warn(report: CollectReport, problem: Problem): void {
  report.warnings[problem.reason] = (report.warnings[problem.reason] ?? 0) + 1;
  note(report, problem);
}

/** Notes a value that was put right. */
export function correct(report: CollectReport, problem: Problem): void {
  report.corrected[problem.reason] = (report.corrected[problem.reason] ?? 0) + 1;
  note(report, problem);
}

function note(report: CollectReport, problem: Problem): void {
  if (report.problems.length < MOST_LISTED) report.problems.push(problem);
  report.tell(problem);
}

/** True when nothing was lost on the way. */
export function addsUp({ read, kept, refused }: Ledger): boolean {
  return read === kept + Object.values(refused).reduce((a, b) => a + b, 0);
}
