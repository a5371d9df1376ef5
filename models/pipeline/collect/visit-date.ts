/**
 * A day as YYYY-MM-DD, from that form (a time may follow) or from DD/MM/YYYY.
 * @returns `undefined` when it is neither, or no day of the calendar
 */
export function readDay(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ])/.exec(text);
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const [year, month, day] = iso ? iso.slice(1) : local ? [local[3], local[2], local[1]] : [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const written = date.toISOString().slice(0, 10);
  const told = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return written === told ? written : undefined;
}
