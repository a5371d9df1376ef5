/**
 * Whether dotted version `have` is `wanted` or later, number by number; what follows a hyphen is not looked at. A
 * version that cannot be read is met by none.
 */
export function isAtLeast(have: string, wanted: string): boolean {
  const [a, b] = [numbers(have), numbers(wanted)];
  if (!a || !b) return false;
  for (const [i, number] of b.entries()) {
    const difference = (a[i] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function numbers(version: string): readonly number[] | undefined {
  const [release = ''] = version.split('-');
  return /^\d+(\.\d+)*$/.test(release) ? release.split('.').map(Number) : undefined;
}
