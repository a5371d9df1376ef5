// The first thing every npm script runs. Plain JavaScript for any Node from 20 on, without dependencies: nothing may be
// installed yet. It installs when needed and hands over to the pinned Node, which strips types.
import { spawn } from 'node:child_process';
import { ensureInstalled, pinnedNode, root } from './first-use.mjs';

/** What each task runs, relative to the repository. */
const TASKS = {
  start: 'src/tools/start.ts',
  dev: 'src/tools/dev.ts',
  build: 'src/tools/build.ts',
  check: 'src/tools/check.ts',
  test: 'src/tools/test.ts',
  vigia: 'models/pipeline/cli.ts',
  bench: 'e2e/bench/run.ts',
};

const [task = '', ...args] = process.argv.slice(2);
if (!(task in TASKS)) fail(`Unknown task "${task}". Known: ${Object.keys(TASKS).join(', ')}.`);

try {
  await ensureInstalled();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

// The extra channel tells the task when this process is gone, however it died: a server must not outlive its command.
const child = spawn(pinnedNode, ['--disable-warning=ExperimentalWarning', TASKS[task], ...args], {
  cwd: root,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm stops its shell on a signal but not what the shell runs: having lost the parent is the signal then.
const parent = process.ppid;
if (process.env['npm_lifecycle_event'])
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 250).unref();
child.on('error', (error) => fail(`Could not run the pinned Node: ${error.message}`));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
  if (child.connected) child.disconnect();
});

function fail(message) {
  console.error(message);
  process.exit(1);
}
