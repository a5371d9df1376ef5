import { parseArgs } from 'node:util';
import { runEnrol } from '#endpoint/enrol.ts';
import { collectCommand } from './commands/collect-command.ts';
import { type Command, CommandError, type OptionValues, say } from './commands/command.ts';
import { compareCommand } from './commands/compare-command.ts';
import { demoCommand } from './commands/demo-command.ts';
import { exploreCommand } from './commands/explore-command.ts';
import { exportCommand } from './commands/export-command.ts';
import { gateCommand } from './commands/gate-command.ts';
import { publishCommand, registerCommand, rollbackCommand } from './commands/registry-commands.ts';
import { retrainCommand } from './commands/retrain-command.ts';
import { scoreCommand } from './commands/score-command.ts';
import { synthesizeCommand } from './commands/synthesize-command.ts';
import { trainCommand } from './commands/train-command.ts';
import { driftCommand, monitorCommand } from './commands/watch-commands.ts';

/** The pipeline's command line. Exit codes: 0 done, 1 failed, 2 called wrongly. Progress goes to stderr. */
const COMMANDS: Readonly<Record<string, Command>> = {
  demo: demoCommand,
  synthesize: synthesizeCommand,
  collect: collectCommand,
  explore: exploreCommand,
  compare: compareCommand,
  train: trainCommand,
  gate: gateCommand,
  register: registerCommand,
  publish: publishCommand,
  rollback: rollbackCommand,
  score: scoreCommand,
  drift: driftCommand,
  monitor: monitorCommand,
  retrain: retrainCommand,
  export: exportCommand,
};

async function main(argv: readonly string[]): Promise<0 | 1 | 2> {
  const [name = '', ...rest] = argv;
  // Device tokens belong to the endpoint, which reads its own options.
  if (name === 'enroll') return runEnrol(rest);
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(overview());
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) return usage(name === '' ? 'no stage given' : `unknown stage "${name}"`, overview());
  let values: OptionValues;
  try {
    values = parse(command, rest);
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error), `${command.help}\n`);
  }
  if (values['help'] === true) {
    process.stdout.write(`${command.help}\n`);
    return 0;
  }
  const missing = command.required.find((option) => values[option] === undefined);
  if (missing !== undefined) return usage(`--${missing} is required`, `${command.help}\n`);
  return command.run(values);
}

function parse(command: Command, args: readonly string[]): OptionValues {
  const options = { ...command.options, help: { type: 'boolean' as const, short: 'h' } };
  return parseArgs({ args: [...args], options, allowPositionals: false }).values;
}

function usage(problem: string, help: string): 2 {
  say(`vigia: ${problem}\n\n${help}`);
  return 2;
}

function overview(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`);
  lines.push(`  ${'enroll'.padEnd(12)}make, list and revoke the tokens of tablets`);
  return `Usage: vigia <stage> [options]\n\n${lines.join('\n')}\n\nvigia <stage> --help tells more.\n`;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isExpected = error instanceof CommandError || (error instanceof Error && 'code' in error);
  say(`vigia: ${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}`);
  process.exitCode = 1;
}
