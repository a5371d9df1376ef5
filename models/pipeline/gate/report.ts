import type { GateReport } from './gate.ts';

const SIGNS = { passed: '✓', refused: '✗', skipped: '–' } as const;

/** The report for people: verdict first, refusals next, then everything that was asked. */
export function gateMarkdown({ candidate, champion, verdict, checks, ...hashes }: GateReport): string {
  const refusals = checks.filter(({ outcome }) => outcome === 'refused');
  const against =
    champion === null ? 'There is no champion to compare it with.' : `Compared with champion ${champion}.`;
  const because = refusals.map(({ name, detail }) => `- ${name}: ${detail}`);
  const rows = checks.map(({ name, outcome, detail }) => `| ${SIGNS[outcome]} | ${name} | ${detail} |`);
  return [
    `# Gate: ${candidate} ${verdict}`,
    '',
    against,
    ...(because.length > 0 ? ['', 'Refused because of:', '', ...because] : []),
    '',
    '| | check | measured |',
    '| --- | --- | --- |',
    ...rows,
    '',
    `Weights \`${hashes.weightsSha256}\`, manifest \`${hashes.manifestSha256}\`, test rows \`${hashes.rowsSha256}\`.`,
    '',
  ].join('\n');
}
