import { PROTOCOL_VERSION, type UploadReceipt, type UploadResponse } from '#domain/protocol/protocol.ts';
import { RequestProblem } from './problem.ts';
import { type LineReading, readLine } from './read-line.ts';
import type { Upload } from './read-upload.ts';
import type { DeviceToken, UploadStore } from './upload-store.ts';

export interface AcceptedUpload {
  readonly response: UploadResponse;
  /** Not one line was acceptable; nothing was stored. */
  readonly isRejected: boolean;
}

/**
 * Judges every line on its own, stores the good ones in one transaction and gives one receipt per line.
 * Throws {@link RequestProblem} when no line is JSON at all, and when the token is another device's: refused record by
 * record, a whole queue would be set aside for want of the right token.
 */
export function acceptUpload(store: UploadStore, token: DeviceToken, upload: Upload, at: string): AcceptedUpload {
  const readings = upload.lines.map(readLine);
  if (readings.every((reading) => reading.status === 'invalid' && !reading.isJson && reading.detail === 'not JSON'))
    throw new RequestProblem(400, 'malformed', 'the body is not NDJSON');

  const devices = devicesOf(readings);
  if (token.deviceId !== null && devices.length > 0 && !devices.includes(token.deviceId))
    throw new RequestProblem(403, 'forbidden', 'the token belongs to another device');
  const [deviceId] = token.deviceId === null ? devices : [token.deviceId];
  const judged = readings.map((reading): LineReading => {
    if (reading.status === 'invalid' || reading.record.deviceId === deviceId) return reading;
    const { id, hash } = reading.record;
    return { status: 'invalid', id, hash, detail: "deviceId: not the token's device", isJson: true };
  });
  const records = judged.flatMap((reading) => (reading.status === 'valid' ? [reading.record] : []));
  const saved =
    deviceId === undefined || records.length === 0 ? [] : store.saveRecords(token.id, deviceId, records, at);
  const statuses = saved.values();
  const receipts = judged.map((reading): UploadReceipt => {
    if (reading.status === 'invalid') {
      const { id, hash, detail } = reading;
      return { id, hash, status: 'invalid', detail };
    }
    const { id, hash } = reading.record;
    const status = statuses.next().value ?? 'invalid';
    return { id, hash, status, ...(status === 'conflict' && { detail: 'another record is stored under this id' }) };
  });
  return {
    response: { protocol: PROTOCOL_VERSION, digest: upload.digest, receipts },
    isRejected: records.length === 0,
  };
}

function devicesOf(readings: readonly LineReading[]): readonly string[] {
  return readings.flatMap((reading) => (reading.status === 'valid' ? [reading.record.deviceId] : []));
}
