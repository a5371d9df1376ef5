import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { VigiaRecord } from '#domain/records/record.ts';

/**
 * Uploaded records in `<dataDir>/records.sqlite`, and the device tokens.
 *
 * What always holds:
 * 1. A record that was answered `stored` is on the disk: write-ahead log with a sync at every commit.
 * 2. Records are only ever added. Triggers refuse UPDATE and DELETE.
 * 3. Of a token only its sha256 is kept.
 */

export const DATABASE_FILE = 'records.sqlite';

/** Another process on the same data: a second server, or the command that makes tokens. */
const BUSY_TIMEOUT_MS = 5000;

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS records (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL,
    device_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    received_at TEXT NOT NULL,
    envelope TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS records_by_device ON records (device_id, received_at);
  CREATE TRIGGER IF NOT EXISTS records_no_update BEFORE UPDATE ON records
    BEGIN SELECT RAISE(ABORT, 'records are append-only'); END;
  CREATE TRIGGER IF NOT EXISTS records_no_delete BEFORE DELETE ON records
    BEGIN SELECT RAISE(ABORT, 'records are append-only'); END;
  CREATE TABLE IF NOT EXISTS tokens (
    id TEXT PRIMARY KEY,
    token_sha256 TEXT NOT NULL UNIQUE,
    site_id TEXT NOT NULL,
    device_id TEXT,
    created_at TEXT NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0
  );
`;

const tokenRowSchema = z
  .object({
    id: z.string(),
    site_id: z.string(),
    device_id: z.string().nullable(),
    created_at: z.string(),
    revoked: z.int(),
  })
  .transform((row) => ({
    id: row.id,
    siteId: row.site_id,
    /** `null` until the first upload binds the token to a device. */
    deviceId: row.device_id,
    createdAt: row.created_at,
    isRevoked: row.revoked !== 0,
  }));
export type DeviceToken = Readonly<z.infer<typeof tokenRowSchema>>;

const hashRowSchema = z.object({ hash: z.string() });
const receiptRowSchema = z.object({ hash: z.string(), received_at: z.string(), device_id: z.string() });
const countRowSchema = z.object({ records: z.int(), last: z.string().nullable() });

export type SaveStatus = 'stored' | 'duplicate' | 'conflict';

export interface StoredUpload {
  readonly hash: string;
  readonly receivedAt: string;
  readonly deviceId: string;
}

export interface UploadStore {
  /** Adds records in one transaction, binding the token to the device first; durable when it returns. */
  saveRecords(tokenId: string, deviceId: string, records: readonly VigiaRecord[], at: string): readonly SaveStatus[];
  findRecord(id: string): StoredUpload | undefined;
  /** How many records of a device are stored and when the last one came. */
  countRecords(deviceId: string): { readonly records: number; readonly lastReceivedAt: string | null };
  /** The token's entry, revoked or not. */
  findToken(token: string): DeviceToken | undefined;
  findTokenById(id: string): DeviceToken | undefined;
  /** Makes a token. It is returned this once and cannot be read back. */
  createToken(siteId: string, deviceId: string | null, at: string): { readonly id: string; readonly token: string };
  hasRevokedToken(deviceId: string): boolean;
  listTokens(): readonly DeviceToken[];
  /** False when there is no such token. */
  revokeToken(id: string): boolean;
  close(): void;
}

/** Opens (and creates) the store in a directory. Throws, naming the directory, when it cannot be written. */
export function openUploadStore(dataDir: string): UploadStore {
  const db = openDatabase(dataDir);
  const columns = 'id, site_id, device_id, created_at, revoked';
  const selectHash = db.prepare('SELECT hash FROM records WHERE id = ?');
  const insertRecord = db.prepare(
    'INSERT INTO records (id, hash, device_id, kind, received_at, envelope) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const bindToken = db.prepare('UPDATE tokens SET device_id = ? WHERE id = ? AND device_id IS NULL');
  const selectRecord = db.prepare('SELECT hash, received_at, device_id FROM records WHERE id = ?');
  const countByDevice = db.prepare(
    'SELECT count(*) AS records, max(received_at) AS last FROM records WHERE device_id = ?',
  );
  const selectToken = db.prepare(`SELECT ${columns} FROM tokens WHERE token_sha256 = ?`);
  const insertToken = db.prepare(
    'INSERT INTO tokens (id, token_sha256, site_id, device_id, created_at) VALUES (?, ?, ?, ?, ?)',
  );

  const saveRecord = (record: VigiaRecord, at: string): SaveStatus => {
    const known = selectHash.get(record.id);
    if (known) return hashRowSchema.parse(known).hash === record.hash ? 'duplicate' : 'conflict';
    insertRecord.run(record.id, record.hash, record.deviceId, record.kind, at, JSON.stringify(record));
    return 'stored';
  };

  return {
    saveRecords(tokenId, deviceId, records, at) {
      return inTransaction(db, () => {
        bindToken.run(deviceId, tokenId);
        return records.map((record) => saveRecord(record, at));
      });
    },
    findRecord(id) {
      const row = receiptRowSchema.safeParse(selectRecord.get(id)).data;
      return row && { hash: row.hash, receivedAt: row.received_at, deviceId: row.device_id };
    },
    countRecords(deviceId) {
      const row = countRowSchema.parse(countByDevice.get(deviceId));
      return { records: row.records, lastReceivedAt: row.last };
    },
    findToken(token) {
      return tokenRowSchema.safeParse(selectToken.get(sha256Hex(token))).data;
    },
    findTokenById(id) {
      return tokenRowSchema.safeParse(db.prepare(`SELECT ${columns} FROM tokens WHERE id = ?`).get(id)).data;
    },
    createToken(siteId, deviceId, at) {
      const id = randomBytes(4).toString('hex');
      const token = randomBytes(32).toString('base64url');
      insertToken.run(id, sha256Hex(token), siteId, deviceId, at);
      return { id, token };
    },
    hasRevokedToken(deviceId) {
      return db.prepare('SELECT 1 FROM tokens WHERE device_id = ? AND revoked = 1').get(deviceId) !== undefined;
    },
    listTokens() {
      return z.array(tokenRowSchema).parse(db.prepare(`SELECT ${columns} FROM tokens ORDER BY created_at, id`).all());
    },
    revokeToken(id) {
      return db.prepare('UPDATE tokens SET revoked = 1 WHERE id = ?').run(id).changes > 0;
    },
    close: () => db.close(),
  };
}

function openDatabase(dataDir: string): DatabaseSync {
  try {
    mkdirSync(dataDir, { recursive: true });
    const db = new DatabaseSync(join(dataDir, DATABASE_FILE), { timeout: BUSY_TIMEOUT_MS });
    db.exec(SCHEMA);
    return db;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`the data directory ${dataDir} cannot be used: ${why}`, { cause });
  }
}

/** True when SQLite had no room or could not get at its file: nothing was stored, and later it may work again. */
export function isStoreUnavailable(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  // The low byte of an extended code is its kind: SQLITE_BUSY, SQLITE_IOERR, SQLITE_FULL.
  return [5, 10, 13].includes(code & 0xff);
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // On a full disk SQLite has rolled back by itself.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
