import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from '#endpoint/server.ts';
import { DIST } from '#tools/paths.ts';
import { type FaultyFront, startFaultyFront } from './faulty-front.ts';

/** The real app with its real endpoint, on data and a copy of the build that belong to one test. */
export interface AppServer {
  readonly front: FaultyFront;
  readonly url: string;
  /** What the endpoint stored; `vigia collect --from` reads it. */
  readonly dataDir: string;
  /** The served build: a test may put another version in its place. */
  readonly distDir: string;
  /** Stops the endpoint's process-side state and starts it again on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startAppServer(): Promise<AppServer> {
  const folder = await mkdtemp(join(tmpdir(), 'vigia-e2e-'));
  const [dataDir, distDir] = [join(folder, 'data'), join(folder, 'dist')];
  await cp(DIST, distDir, { recursive: true });
  const start = async (): Promise<RunningServer> => startServer({ port: 0, host: '127.0.0.1', dataDir, distDir });
  let server = await start();
  const front = await startFaultyFront(() => server.url);
  return {
    front,
    url: front.url,
    dataDir,
    distDir,
    restart: async () => {
      await server.close();
      server = await start();
    },
    close: async () => {
      // A test may have switched the front off already.
      await front.switchOff().catch((error: unknown) => {
        if (!(error instanceof Error && 'code' in error && error.code === 'ERR_SERVER_NOT_RUNNING')) throw error;
      });
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
