/** Caches of the app's versions, one each. */
export const SHELL_PREFIX = 'vigia-shell-';

/** Addresses that are the server's business even when a person opens them as a page. */
export const NEVER_FROM_CACHE: RegExp[] = [/^\/v1(\/|$)/];

/**
 * The caches to remove when `own` becomes active: all but the one before it.
 * @param names every cache of the origin in order of creation, as `caches.keys()` gives them
 */
export function outdatedShells(names: readonly string[], own: string): readonly string[] {
  const others = names.filter((name) => name.startsWith(SHELL_PREFIX) && name !== own);
  return others.slice(0, -1);
}
