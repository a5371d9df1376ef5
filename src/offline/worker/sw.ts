import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import type { ActivateMessage } from './messages.ts';
import { NEVER_FROM_CACHE, outdatedShells, SHELL_PREFIX } from './shells.ts';

/**
 * Keeps the app and its model on the tablet. What always holds:
 *
 * - Each version has a cache of its own, complete before it may become active; the one before stays, because tabs
 *   that still run its code load the rest of it from there.
 * - A new version waits until the page says that the user agreed.
 * - Only files of the build are answered; the upload endpoint and foreign origins are never touched.
 *
 * Queued records are sent by the page, which holds the schedule and the lock; there is no sync event here.
 */
declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: (string | { url: string; revision: string | null })[];
};

const entries = self.__WB_MANIFEST;
const shellName = SHELL_PREFIX + bytesToHex(sha256(utf8ToBytes(JSON.stringify(entries)))).slice(0, 16);
const shell = new PrecacheController({ cacheName: shellName });
shell.addToCacheList(entries);

self.addEventListener('install', (event) => void shell.install(event));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('message', (event) => {
  if (event.origin !== self.location.origin) return;
  const message: Partial<ActivateMessage> | null = event.data;
  if (message?.kind === 'activate') event.waitUntil(self.skipWaiting());
});

registerRoute(new PrecacheRoute(shell, { cleanURLs: false }));
registerRoute(new NavigationRoute(shell.createHandlerBoundToURL('/index.html'), { denylist: NEVER_FROM_CACHE }));
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
  async ({ request }) => (await caches.match(request)) ?? fetch(request),
);

async function takeOver(): Promise<void> {
  const outdated = outdatedShells(await caches.keys(), shellName);
  await Promise.all(outdated.map((name) => caches.delete(name)));
  // Without this the page of the very first visit could not load the rest of itself once the network is gone.
  await self.clients.claim();
}
