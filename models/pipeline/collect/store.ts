import { DatabaseSync } from 'node:sqlite';

/** One row of the endpoint's store. */
export interface StoredEnvelope {
  readonly id: string;
  readonly envelope: string;
}

/** Reads the endpoint's `records` table, oldest arrival first, without writing to it. */
export function* readStore(path: string): Generator<StoredEnvelope> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = database.prepare('SELECT id, envelope FROM records ORDER BY received_at, id').iterate();
    for (const row of rows) yield { id: String(row['id']), envelope: String(row['envelope']) };
  } finally {
    database.close();
  }
}
