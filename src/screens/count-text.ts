import { formatCount } from '#i18n/format.ts';

/** The singular for one, else the plural with the number; Spanish and English agree on when. */
export function countText(
  count: number,
  one: () => string,
  many: (inputs: { readonly count: string }) => string,
): string {
  return count === 1 ? one() : many({ count: formatCount(count) });
}
