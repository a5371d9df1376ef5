import { expect, test } from 'vitest';
import { z } from 'zod';
import { triageDraftSchema } from '../form/triage-draft.ts';
import {
  enrolmentRequestSchema,
  enrolmentResponseSchema,
  healthResponseSchema,
  PROTOCOL_VERSION,
  problemSchema,
  rejectedUploadSchema,
  storedReceiptSchema,
  summaryResponseSchema,
  uploadResponseSchema,
} from '../protocol/protocol.ts';
import { deliverySchema } from './delivery.ts';
import { canonicalHash } from './hash.ts';
import { RECORD_SCHEMA_VERSION, recordSchema } from './record.ts';

/**
 * A changed format is a decision. When one of these fails: either undo the change, or give the format a new version with
 * its line of history (tablets and endpoints of both versions will meet), and only then pin the new hash.
 */
const shapeOf = (schemas: Readonly<Record<string, z.ZodType>>): string =>
  canonicalHash(
    Object.fromEntries(Object.entries(schemas).map(([name, s]) => [name, z.toJSONSchema(s, { io: 'input' })])),
  );

test('the upload protocol is the one of its version', () => {
  const shape = shapeOf({
    uploadResponseSchema,
    rejectedUploadSchema,
    healthResponseSchema,
    storedReceiptSchema,
    summaryResponseSchema,
    enrolmentRequestSchema,
    enrolmentResponseSchema,
    problemSchema,
  });
  expect({ version: PROTOCOL_VERSION, shape }).toEqual({
    version: 1,
    shape: '507bdba34f2dba84df25982c7cb6baadce64858e8d28d2e113ded3c439060998',
  });
});

test('records have the format of their version', () => {
  expect({ version: RECORD_SCHEMA_VERSION, shape: shapeOf({ recordSchema }) }).toEqual({
    version: 1,
    shape: '2eeab5c12e900c784cea61d9e5ce0c6f893e3cbd92992723359aa2f55bf0fa52',
  });
});

test('what a tablet keeps beside the records has the format of database version 1', () => {
  expect(shapeOf({ deliverySchema, triageDraftSchema })).toBe(
    '43fb42a1af0ff05fa6416c780ba2efa0ff2c7c667155c08470bab4a4cbd8c6b9',
  );
});
