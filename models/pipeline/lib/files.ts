import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a file beside its final place; only {@link commit} makes it visible, whole and on disk. */
export interface AtomicFile {
  write(data: Uint8Array | string): void;
  commit(): void;
  /** Leaves what was there before. */
  abandon(): void;
}

/** Opens `path` for writing through a temporary neighbour, making its folder when needed. */
export function openAtomic(path: string): AtomicFile {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  const handle = openSync(temporary, 'w');
  return {
    write: (data) => {
      const bytes = typeof data === 'string' ? Buffer.from(data) : data;
      for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
    },
    commit: () => {
      fsyncSync(handle);
      closeSync(handle);
      renameSync(temporary, path);
      const folder = openSync(dirname(path), 'r');
      fsyncSync(folder);
      closeSync(folder);
    },
    abandon: () => {
      closeSync(handle);
      unlinkSync(temporary);
    },
  };
}

/** Writes a whole file at once: a reader sees the old one or the new one, never a half. */
export function writeAtomic(path: string, data: Uint8Array | string): void {
  const file = openAtomic(path);
  try {
    file.write(data);
  } catch (error) {
    file.abandon();
    throw error;
  }
  file.commit();
}
