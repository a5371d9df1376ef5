export type EnrolmentIssue = 'endpoint' | 'token';

export type EnrolmentReading =
  | { readonly issue: EnrolmentIssue }
  | { readonly issue?: never; readonly endpoint: string; readonly token: string };

/**
 * Reads what was typed into the enrolment form: the address as an origin with an optional path, without a final slash.
 * Plain http is for a server on this very device only; elsewhere the token would travel in the clear.
 */
export function readEnrolment(endpoint: string, token: string): EnrolmentReading {
  const url = URL.canParse(endpoint.trim()) ? new URL(endpoint.trim()) : undefined;
  if (!url || !isAllowed(url)) return { issue: 'endpoint' };
  if (token.trim() === '') return { issue: 'token' };
  return { endpoint: `${url.origin}${url.pathname}`.replace(/\/+$/, ''), token: token.trim() };
}

function isAllowed(url: URL): boolean {
  const isLoopback = url.hostname === 'localhost' || url.hostname === '127.0.0.1' || url.hostname === '[::1]';
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback);
}
