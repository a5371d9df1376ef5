/** One measured figure, its budget if it has one, and a peer measured in the same run. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly limit?: number;
  readonly peer?: { readonly name: string; readonly value: number };
}

function format(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(1);
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** A table for people; the same figures go to JSON. `×` is ours over the peer's. */
export function printTable(figures: readonly Figure[]): string {
  const rows = figures.map((f) => [
    f.name,
    `${format(f.value)} ${f.unit}`.trim(),
    f.limit === undefined ? '' : `≤ ${format(f.limit)}`,
    f.limit === undefined ? '' : f.value <= f.limit ? 'ok' : 'OVER',
    f.peer ? `${f.peer.name} ${format(f.peer.value)} (${(f.value / f.peer.value).toFixed(2)}×)` : '',
  ]);
  const head = ['what', 'measured', 'budget', '', 'peer in the same run'];
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((r) => r[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((c, i) => c.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return `${[line(head), ...rows.map(line)].join('\n')}\n`;
}
