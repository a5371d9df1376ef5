import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createEndpoint } from './endpoint.ts';
import { remoteAddress } from './server.ts';
import { openUploadStore, type UploadStore } from './upload-store.ts';

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
      let store: UploadStore | undefined;
      // Opened by the first request: the unit tests start the same server and have no use for a database.
      const open = () => {
        store = openUploadStore(resolve(process.env['VIGIA_DATA_DIR'] ?? dataDir));
        return getRequestListener(createEndpoint({ store, now: Date.now, remoteAddress }).fetch);
      };
      let listener: ReturnType<typeof open> | undefined;
      server.middlewares.use((request, response, next) => {
        if (!request.url?.startsWith('/v1/')) return next();
        listener ??= open();
        void listener(request, response);
      });
      server.httpServer?.once('close', () => store?.close());
    },
  };
}
