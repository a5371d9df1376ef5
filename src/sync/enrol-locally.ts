import { ENROLMENT_PATH, enrolmentResponseSchema } from '#domain/protocol/protocol.ts';
import type { EnrolmentStore } from '#storage/enrolment-store.ts';
import type { Transport } from './post-batch.ts';

export interface LocalEnrolment {
  /** The page's own origin. */
  readonly origin: string;
  readonly deviceId: string;
}

const TIMEOUT_MS = 10_000;

/** True for an address that never leaves this machine. */
export function isLoopbackAddress(address: string): boolean {
  const host = URL.parse(address)?.hostname;
  return host === 'localhost' || host === '[::1]' || (host !== undefined && /^127(\.\d{1,3}){3}$/.test(host));
}

/**
 * Asks the app's own server for a token when both run on one machine, so that a trial needs no set-up. Anything but a
 * token leaves things as they are.
 */
export async function enrolLocally(
  transport: Transport,
  enrolment: EnrolmentStore,
  { origin, deviceId }: LocalEnrolment,
): Promise<boolean> {
  if (!isLoopbackAddress(origin)) return false;
  const token = await requestToken(transport, origin, deviceId);
  if (!token) return false;
  await enrolment.keep({ endpoint: origin, ...token });
  return true;
}

async function requestToken(
  transport: Transport,
  origin: string,
  deviceId: string,
): Promise<{ readonly token: string; readonly siteId: string } | undefined> {
  try {
    const response = await transport.fetch(`${origin}${ENROLMENT_PATH}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ deviceId }),
      redirect: 'error',
      cache: 'no-store',
      signal: transport.timeoutSignal(TIMEOUT_MS),
    });
    if (response.status !== 200) return undefined;
    const { token, siteId } = enrolmentResponseSchema.parse(await response.json());
    return { token, siteId };
  } catch {
    // No server, or a page instead of an answer: this origin does not enrol.
    return undefined;
  }
}
