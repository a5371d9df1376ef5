/** One stage on the command line. `run` returns the exit code: 0 done, 1 failed. */
export interface Command {
  readonly summary: string;
  readonly help: string;
  readonly options: Readonly<
    Record<string, { readonly type: 'string' | 'boolean'; readonly multiple?: boolean; readonly default?: string }>
  >;
  readonly required: readonly string[];
  readonly run: (values: OptionValues) => Promise<0 | 1>;
}

export type OptionValues = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** A single text option; required ones have been checked before. */
export function text(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** Says something about progress where it does not mix with output. */
export function say(message: string): void {
  process.stderr.write(`${message}\n`);
}

/** Something the user has to put right, told without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
