import { resolve } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { Plugin } from 'vite';
import { createEndpoint } from './endpoint.ts';
import { remoteAddress } from './server.ts';
import { openUploadStore } from './upload-store.ts';

/** Mounts the very endpoint of `npm start` in the development server. */
export function uploadEndpoint(dataDir = 'models/data/uploads'): Plugin {
  return {
    name: 'vigia-upload-endpoint',
    apply: 'serve',
    configureServer(server) {
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
