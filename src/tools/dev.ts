import { compileMessages } from './build-app.ts';
import { runNode } from './command.ts';
import { packageScript } from './paths.ts';

const compiled = await compileMessages();
process.exitCode = compiled || (await runNode([packageScript('vite/bin/vite.js')]));
