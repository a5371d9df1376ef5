/** True for an address of this machine's loopback interface, also when written as IPv6. */
export function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address);
}

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/;
const PROXY_HEADERS = ['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Real-IP', 'Via'];

/**
 * True when a request comes from a page of this very server, opened in a browser on this very machine. Only then a token
 * is handed out without being asked for: behind a proxy everybody seems local, and a foreign page or a rebound DNS name
 * shows in Host, Origin and Sec-Fetch-Site.
 */
export function isFromLocalApp(headers: Headers, remoteAddress: string | undefined): boolean {
  const host = headers.get('Host')?.toLowerCase() ?? '';
  if (!isLoopback(remoteAddress) || !LOOPBACK_HOST.test(host)) return false;
  if (PROXY_HEADERS.some((name) => headers.has(name))) return false;
  const site = headers.get('Sec-Fetch-Site');
  const origin = headers.get('Origin');
  if (site !== null && site !== 'same-origin') return false;
  if (origin !== null && origin !== `http://${host}`) return false;
  return site !== null || origin !== null;
}
