/** Pause where the browser cannot tell when it is idle (Safari), in milliseconds. */
const PAUSE_MS = 30;

/** Settles when the page has nothing better to do. */
export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve());
    else setTimeout(resolve, PAUSE_MS);
  });
}
