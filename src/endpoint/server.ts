import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import { createEndpoint, type EndpointOptions } from './endpoint.ts';
import { securityHeaders } from './security-headers.ts';
import { createStaticFiles } from './static-files.ts';
import { openUploadStore } from './upload-store.ts';

export interface ServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Where uploads and tokens are kept; created when missing. */
  readonly dataDir: string;
  /** The built app. */
  readonly distDir: string;
  readonly allowedOrigins?: readonly string[];
  /** Not given: the local browser may enrol by itself. */
  readonly allowsSelfEnrolment?: boolean;
  readonly now?: () => number;
  readonly onError?: (error: unknown) => void;
}

export interface RunningServer {
  readonly url: string;
  /** Lets requests under way finish, then closes the store. */
  close(): Promise<void>;
}

/** A body that dribbles in must not hold a connection for ever. */
const REQUEST_TIMEOUT_MS = 60_000;

/** Serves the app and its upload endpoint on one origin. Rejects when the port is taken. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const store = openUploadStore(options.dataDir);
  const app = createServerApp({
    store,
    now: options.now ?? Date.now,
    remoteAddress,
    distDir: options.distDir,
    ...(options.allowedOrigins && { allowedOrigins: options.allowedOrigins }),
    allowsSelfEnrolment: options.allowsSelfEnrolment ?? true,
    ...(options.onError && { onError: options.onError }),
  });
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: 10_000 },
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, options.host, resolve);
    });
  } catch (error) {
    store.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          store.close();
          resolve();
        });
        // Browsers keep idle connections open for minutes.
        if ('closeIdleConnections' in server) server.closeIdleConnections();
      }),
  };
}

/** App and endpoint as one handler. */
export function createServerApp(options: EndpointOptions & { readonly distDir: string }): Hono {
  const app = new Hono();
  const headers = Object.entries(securityHeaders());
  const serveFile = createStaticFiles(options.distDir);
  app.use('*', async (c, next) => {
    await next();
    for (const [name, value] of headers) c.res.headers.set(name, value);
    // An app served elsewhere and allowed here has to be able to read the answer.
    if (c.res.headers.has('Access-Control-Allow-Origin'))
      c.res.headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
  });
  app.route('/', createEndpoint(options));
  app.get('*', (c) => (isEndpointPath(c) ? c.notFound() : serveFile(c.req.raw)));
  return app;
}

function isEndpointPath(c: Context): boolean {
  return c.req.path === '/v1' || c.req.path.startsWith('/v1/');
}

/** Address of the connection's other end, as Node sees it. */
export function remoteAddress(c: Context): string | undefined {
  return getConnInfo(c).remote.address;
}
