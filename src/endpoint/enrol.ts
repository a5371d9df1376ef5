import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MAX_AUTHOR_LENGTH } from '#domain/records/record.ts';
import { openUploadStore, type UploadStore } from './upload-store.ts';

export const ENROL_HELP = `vigia enroll --site NAME [--data-dir DIR]   make a device token, printed this once; NAME up to ${MAX_AUTHOR_LENGTH} characters
vigia enroll --list [--data-dir DIR]        list tokens, without the secret
vigia enroll --revoke ID [--data-dir DIR]   refuse a token from now on; its records stay

DIR is where the endpoint keeps its records: VIGIA_DATA_DIR, or models/data/uploads.
`;

export interface EnrolPorts {
  readonly now: () => Date;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
  /** Used when --data-dir is not given. */
  readonly dataDir: string;
}

const CONSOLE_PORTS: EnrolPorts = {
  now: () => new Date(),
  print: (text) => process.stdout.write(text),
  printError: (text) => process.stderr.write(text),
  dataDir: process.env['VIGIA_DATA_DIR'] ?? 'models/data/uploads',
};

/** The command line `vigia enroll`. Returns the exit code: 0 done, 1 not found or not writable, 2 wrong usage. */
export function runEnrol(args: readonly string[], ports: EnrolPorts = CONSOLE_PORTS): 0 | 1 | 2 {
  const options = readOptions(args);
  if (options === 'help') {
    ports.print(ENROL_HELP);
    return 0;
  }
  if (!options) {
    ports.printError(ENROL_HELP);
    return 2;
  }
  let store: UploadStore;
  try {
    store = openUploadStore(resolve(options.dataDir ?? ports.dataDir));
  } catch (error) {
    ports.printError(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  try {
    return run(store, options, ports);
  } finally {
    store.close();
  }
}

interface EnrolOptions {
  readonly action: 'create' | 'list' | 'revoke';
  /** Site or token id, by action. */
  readonly name: string;
  readonly dataDir: string | undefined;
}

function readOptions(args: readonly string[]): EnrolOptions | 'help' | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        site: { type: 'string' },
        'data-dir': { type: 'string' },
        revoke: { type: 'string' },
        list: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return 'help';
    const dataDir = values['data-dir'];
    const actions: EnrolOptions[] = [
      ...(values.list ? [{ action: 'list' as const, name: '', dataDir }] : []),
      ...(values.revoke ? [{ action: 'revoke' as const, name: values.revoke, dataDir }] : []),
      ...(values.site?.trim() ? [{ action: 'create' as const, name: values.site.trim(), dataDir }] : []),
    ];
    const isTooLong = (values.site?.trim().length ?? 0) > MAX_AUTHOR_LENGTH;
    return actions.length === 1 && !isTooLong ? actions[0] : undefined;
  } catch {
    // parseArgs throws for an unknown option: the usage says it better.
    return undefined;
  }
}

function run(store: UploadStore, { action, name }: EnrolOptions, ports: EnrolPorts): 0 | 1 {
  switch (action) {
    case 'create': {
      const { id, token } = store.createToken(name, null, ports.now().toISOString());
      ports.printError(`Token ${id} for ${name}. It is shown this once:\n`);
      ports.print(`${token}\n`);
      return 0;
    }
    case 'revoke':
      if (store.revokeToken(name)) return 0;
      ports.printError(`no token ${name}; see --list\n`);
      return 1;
    case 'list':
      for (const { id, siteId, deviceId, createdAt, isRevoked } of store.listTokens())
        ports.print(`${id}\t${siteId}\t${deviceId ?? '-'}\t${createdAt}\t${isRevoked ? 'revoked' : 'active'}\n`);
      return 0;
  }
}
