import { z } from 'zod';
import configuration from './connect-origins.json' with { type: 'json' };

/** Origins of endpoints elsewhere that the app may send records to: from `connect-origins.json`, beside this file. */
export const CONNECT_ORIGINS: readonly string[] = z
  .strictObject({ connectOrigins: z.array(z.url({ protocol: /^https?$/ })) })
  .parse(configuration).connectOrigins;

/**
 * Headers of everything the app is served with. The server sends them, and a deployment elsewhere copies them.
 *
 * Styles are the one exception to "only what we ship": Mantine writes style attributes and style elements at run time.
 */
export function securityHeaders(connectOrigins = CONNECT_ORIGINS): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      `connect-src ${["'self'", ...connectOrigins].join(' ')}`,
      "worker-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  };
}
