import { m } from '#i18n/generated/messages.js';

const FIXED: Readonly<Record<string, () => string>> = {
  'sex:F': m.model_group_female,
  'sex:M': m.model_group_male,
  'vitals:complete': m.model_group_complete,
  'vitals:incomplete': m.model_group_incomplete,
};

/** Name of a subgroup key of the manifest, like `age:0-4`; a key this version does not know is shown as it is. */
export function subgroupName(key: string): string {
  const fixed = FIXED[key];
  if (fixed) return fixed();
  const [group, band] = key.split(':');
  if (group === 'age' && band !== undefined) return m.model_group_age({ range: band.replace('-', '–') });
  return key;
}
