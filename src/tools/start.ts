import { buildAppIfChanged } from './build-app.ts';

// Whoever started us is gone, perhaps killed: stop as if asked to.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();

const built = await buildAppIfChanged();
if (built === 0) await import('#endpoint/main.ts');
else process.exitCode = built;
