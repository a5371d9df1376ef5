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
  /** Things passed over in visits that were kept. */
  readonly warnings: Record<string, number>;
  readonly problems: Problem[];
}

export function emptyReport(): CollectReport {
  return {
    visits: { read: 0, kept: 0, refused: {} },
    validations: { read: 0, kept: 0, refused: {} },
    warnings: {},
    problems: [],
  };
}

/** Books something as read and refused. */
export function refuse(report: CollectReport, ledger: 'visits' | 'validations', problem: Problem): void {
  const { refused } = report[ledger];
  refused[problem.reason] = (refused[problem.reason] ?? 0) + 1;
  report.problems.push(problem);
}

/** Notes something that did not cost the visit. */
export function warn(report: CollectReport, problem: Problem): void {
  report.warnings[problem.reason] = (report.warnings[problem.reason] ?? 0) + 1;
  report.problems.push(problem);
}

/** True when nothing was lost on the way. */
export function addsUp({ read, kept, refused }: Ledger): boolean {
  return read === kept + Object.values(refused).reduce((a, b) => a + b, 0);
}
