import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a file beside its final place; only {@link commit} makes it visible, whole and on disk. */
export interface AtomicFile {
  write(data: Uint8Array | string): void;
  commit(): void;
  /** Leaves what was there before. */
  abandon(): void;
}

/** Conventional exit codes of a program ended by a signal. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;
const open = new Set<AtomicFile>();

/** Opens `path` for writing through a temporary neighbour, making its folder when needed. Ctrl-C removes it. */
export function openAtomic(path: string): AtomicFile {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  let handle: number | undefined;
  const opened = (): number => {
    if (handle === undefined) throw new Error(`${path} is closed`);
    return handle;
  };
  const close = (): void => {
    if (handle !== undefined) closeSync(handle);
    handle = undefined;
  };
  const file: AtomicFile = {
    write: (data) => {
      writeAll(opened(), path, data);
    },
    commit: () => {
      fsyncSync(opened());
      close();
      rename(temporary, path);
      forget(file);
    },
    abandon: () => {
      forget(file);
      close();
      rmSync(temporary, { force: true });
    },
  };
  // Before the file is there, so that there is no moment at which Ctrl-C would leave it.
  remember(file);
  try {
    handle = openSync(temporary, 'w');
  } catch (error) {
    forget(file);
    throw error;
  }
  return file;
}

/** Writes a whole file at once: a reader sees the old one or the new one, never a half. */
export function writeAtomic(path: string, data: Uint8Array | string): void {
  const file = openAtomic(path);
  try {
    file.write(data);
    file.commit();
  } catch (error) {
    file.abandon();
    throw error;
  }
}

/** A file that is written over several runs: {@link sync} makes sure of what is there, {@link commit} gives it its name. */
export interface PartialFile extends Pick<AtomicFile, 'write' | 'commit'> {
  sync(): void;
  /** Closes it as it is, to be gone on with. */
  keep(): void;
}

/** Opens `partial` at `length` bytes, cutting off what a run that was cut short wrote after its last mark. */
export function openPartial(partial: string, path: string, length: number): PartialFile {
  mkdirSync(dirname(path), { recursive: true });
  const handle = openSync(partial, length > 0 ? 'r+' : 'w');
  ftruncateSync(handle, length);
  let position = length;
  return {
    write: (data) => {
      position += writeAll(handle, path, data, position);
    },
    sync: () => fsyncSync(handle),
    commit: () => {
      fsyncSync(handle);
      closeSync(handle);
      rename(partial, path);
    },
    keep: () => closeSync(handle),
  };
}

function writeAll(handle: number, path: string, data: Uint8Array | string, position?: number): number {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  try {
    for (let done = 0; done < bytes.length; )
      done += writeSync(handle, bytes, done, bytes.length - done, position === undefined ? null : position + done);
  } catch (error) {
    // The system's message names no file: a full disk is of little use without which one.
    throw new Error(`${path}: cannot be written (${error instanceof Error ? error.message : String(error)})`);
  }
  return bytes.length;
}

/** The new name is on disk too when this returns. */
function rename(temporary: string, path: string): void {
  renameSync(temporary, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** Signals are listened to only while something half-written lies about; else they end the program as ever. */
function remember(file: AtomicFile): void {
  if (open.size === 0) for (const name of signalNames()) process.on(name, cleanUp);
  open.add(file);
}

function forget(file: AtomicFile): void {
  open.delete(file);
  if (open.size === 0) for (const name of signalNames()) process.off(name, cleanUp);
}

function cleanUp(signal: NodeJS.Signals): void {
  for (const file of open) file.abandon();
  process.exit(signal === 'SIGTERM' ? SIGNALS.SIGTERM : SIGNALS.SIGINT);
}

function signalNames(): readonly (keyof typeof SIGNALS)[] {
  return ['SIGINT', 'SIGTERM'];
}
