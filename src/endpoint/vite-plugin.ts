import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createEndpoint } from './endpoint.ts';
import { remoteAddress } from './server.ts';
import { openUploadStore } from './upload-store.ts';

/** What is needed of Vite's development server. */
interface DevServer {
  readonly middlewares: {
    use(handler: (request: IncomingMessage, response: ServerResponse, next: () => void) => void): unknown;
  };
  readonly httpServer: { once(event: 'close', listener: () => void): unknown } | null;
}

/** Mounts the very endpoint of `npm start` in the development server. */
export function uploadEndpoint(dataDir = 'models/data/uploads') {
  return {
    name: 'vigia-upload-endpoint',
    apply: 'serve' as const,
    configureServer(server: DevServer): void {
      const store = openUploadStore(resolve(process.env['VIGIA_DATA_DIR'] ?? dataDir));
      const listener = getRequestListener(createEndpoint({ store, now: Date.now, remoteAddress }).fetch);
      server.middlewares.use((request, response, next) => {
        if (request.url?.startsWith('/v1/')) void listener(request, response);
        else next();
      });
      server.httpServer?.once('close', () => store.close());
    },
  };
}
