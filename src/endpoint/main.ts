import { resolve } from 'node:path';
import { z } from 'zod';
import { startServer } from './server.ts';

/** What `npm start` runs once the app is built. */
const environment = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(4173),
    HOST: z.string().min(1).default('localhost'),
    VIGIA_DATA_DIR: z.string().min(1).default('models/data/uploads'),
    VIGIA_ALLOWED_ORIGINS: z.string().default(''),
    VIGIA_SELF_ENROLMENT: z.enum(['yes', 'no']).default('yes'),
  })
  .safeParse(process.env);

if (!environment.success) {
  console.error(`Cannot start:\n${z.prettifyError(environment.error)}`);
  process.exit(2);
}

const { PORT, HOST, VIGIA_DATA_DIR, VIGIA_ALLOWED_ORIGINS, VIGIA_SELF_ENROLMENT } = environment.data;
try {
  const server = await startServer({
    port: PORT,
    host: HOST,
    dataDir: resolve(VIGIA_DATA_DIR),
    distDir: resolve(import.meta.dirname, '../../dist'),
    allowedOrigins: VIGIA_ALLOWED_ORIGINS.split(',').flatMap((origin) => (origin.trim() ? [origin.trim()] : [])),
    allowsSelfEnrolment: VIGIA_SELF_ENROLMENT === 'yes',
    onError: (error) => console.error(error),
  });
  console.log(`Vigía: ${server.url}`);
  const stop = (): void => {
    void server.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const why = code === 'EADDRINUSE' ? `port ${PORT} is taken; set PORT to another one` : messageOf(error);
  console.error(`Cannot start: ${why}`);
  process.exit(1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
