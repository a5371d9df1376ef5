import { spawn } from 'node:child_process';
import { ROOT } from './paths.ts';

/** Runs a program with this process's output and answers its exit code. Throws when it cannot be started. */
export async function runCommand(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
  const stop = (): void => void child.kill('SIGTERM');
  process.once('SIGTERM', stop).once('SIGINT', stop);
  child.once('error', reject);
  child.once('exit', (code) => resolve(code ?? 1));
  try {
    return await promise;
  } finally {
    process.off('SIGTERM', stop).off('SIGINT', stop);
  }
}

/** Runs a script with the Node that runs this one. */
export async function runNode(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<number> {
  return runCommand(process.execPath, args, env);
}
