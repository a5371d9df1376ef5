import { z } from 'zod';
import { SUMMARY_PATH, summaryResponseSchema } from '#domain/protocol/protocol.ts';
import type { Enrolment } from '#workflows/ports.ts';
import { createChangeFeed, type TabChannel } from './change-feed.ts';
import type { VigiaDatabase } from './database.ts';
import { inStrictTransaction } from './strict-transaction.ts';

export const ENROLMENT_CHANNEL = 'vigia-enrolment';
const KEY = 'enrolment';

const credentialsSchema = z.strictObject({
  /** Origin and path prefix without the final slash; `/v1/…` follows. */
  endpoint: z.url({ protocol: /^https?$/ }),
  token: z.string().min(20).max(256),
  siteId: z.string(),
});
export type Credentials = z.infer<typeof credentialsSchema>;

/** What the synchroniser may see beside what a screen may. */
export interface EnrolmentStore extends Enrolment {
  credentials(): Credentials | undefined;
  /** Keeps credentials that an endpoint has just handed out. */
  keep(credentials: Credentials): Promise<void>;
}

export interface EnrolmentOptions {
  readonly fetch: typeof fetch;
  readonly notifyOtherTabs?: TabChannel;
  /** Ends a check that takes too long; the platform's unless a test says otherwise. */
  readonly timeoutSignal?: (timeoutMs: number) => AbortSignal;
}

const CHECK_TIMEOUT_MS = 15_000;

/** Where this tablet sends its records. The token is read by the synchroniser only. */
export async function createEnrolmentStore(db: VigiaDatabase, options: EnrolmentOptions): Promise<EnrolmentStore> {
  const read = async (): Promise<Credentials | undefined> =>
    credentialsSchema.safeParse(await db.get('enrolment', KEY)).data;
  let current: Credentials | undefined;
  let state: ReturnType<Enrolment['state']>;
  const remember = (credentials: Credentials | undefined): void => {
    current = credentials;
    // Made once per change: who subscribes compares by identity.
    state = credentials ? { status: 'enrolled', endpoint: credentials.endpoint } : { status: 'not-enrolled' };
  };
  remember(await read());
  const changes = createChangeFeed();
  options.notifyOtherTabs?.addEventListener('message', () => {
    void read().then((stored) => {
      remember(stored);
      changes.announce();
    });
  });

  const keep = async (credentials: Credentials): Promise<void> => {
    const checked = credentialsSchema.parse(credentials);
    await inStrictTransaction(db, ['enrolment'], async (tx) => {
      await tx.objectStore('enrolment').put(checked, KEY);
    });
    remember(checked);
    changes.announce();
    options.notifyOtherTabs?.postMessage('changed');
  };

  return {
    credentials: () => current,
    keep,
    subscribe: changes.subscribe,
    state: () => state,
    async enrol(endpoint, token) {
      const address = endpointAddress(endpoint);
      if (!address) return 'not-the-endpoint';
      const answer = await checkToken(address, token.trim(), options);
      if (typeof answer === 'string') return answer;
      await keep({ endpoint: address, token: token.trim(), siteId: answer.siteId });
      return 'enrolled';
    },
  };
}

/** The address as typed, without what a person adds by habit: blanks, a final slash, a query. */
function endpointAddress(typed: string): string | undefined {
  const url = URL.parse(typed.trim());
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

type Check = { readonly siteId: string } | 'refused' | 'unreachable' | 'not-the-endpoint';

/** Asks for the token's own summary: an answer proves both the endpoint and the token. */
async function checkToken(endpoint: string, token: string, options: EnrolmentOptions): Promise<Check> {
  if (!/^[\x21-\x7e]{20,256}$/.test(token)) return 'refused';
  // Called without `this`: the browser's fetch refuses to be a method of anything but the window.
  const { fetch } = options;
  const timeoutSignal = options.timeoutSignal ?? ((ms) => AbortSignal.timeout(ms));
  try {
    const response = await fetch(`${endpoint}${SUMMARY_PATH}`, {
      headers: { Authorization: `Bearer ${token}` },
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      signal: timeoutSignal(CHECK_TIMEOUT_MS),
    });
    if (response.status === 401 || response.status === 403) return 'refused';
    if (response.status !== 200) return response.status >= 500 ? 'unreachable' : 'not-the-endpoint';
    const summary = summaryResponseSchema.safeParse(parseJson(await response.text()));
    return summary.success ? { siteId: summary.data.siteId ?? '' } : 'not-the-endpoint';
  } catch {
    // fetch rejects for every way of not getting an answer: no network, redirect, timeout, refused by the browser.
    return 'unreachable';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A web page where JSON was expected: the schema refuses `undefined`.
    return undefined;
  }
}
