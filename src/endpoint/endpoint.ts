import { type Context, Hono } from 'hono';
import { z } from 'zod';
import {
  ENROLMENT_PATH,
  type EnrolmentResponse,
  enrolmentRequestSchema,
  HEALTH_PATH,
  type HealthResponse,
  PROTOCOL_HEADER,
  PROTOCOL_VERSION,
  RECEIPTS_MEDIA_TYPE,
  RECORDS_PATH,
  type StoredReceipt,
  SUMMARY_PATH,
  type SummaryResponse,
} from '#domain/protocol/protocol.ts';
import { acceptUpload } from './accept-upload.ts';
import { isFromLocalApp } from './local-enrolment.ts';
import { problemResponse, RequestProblem } from './problem.ts';
import { createRateLimiter, type RateLimit } from './rate-limiter.ts';
import { mediaType, readBody, readUpload } from './read-upload.ts';
import { type DeviceToken, isStoreUnavailable, type UploadStore } from './upload-store.ts';

export interface EndpointOptions {
  readonly store: UploadStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Address the connection comes from; `undefined` where the host does not say. */
  readonly remoteAddress: (context: Context) => string | undefined;
  /** Origins of apps served elsewhere, exactly as browsers send them. */
  readonly allowedOrigins?: readonly string[];
  /** Whether the local browser may enrol by itself; not given: it may. */
  readonly allowsSelfEnrolment?: boolean;
  readonly perAddress?: RateLimit;
  readonly perToken?: RateLimit;
  /** Told about what broke: never about what was sent. */
  readonly onError?: (error: unknown) => void;
}

/** A clinic's tablets share one address, and a full queue leaves at some five batches a second. */
const PER_ADDRESS: RateLimit = { burst: 200, perSecond: 40 };
const PER_TOKEN: RateLimit = { burst: 100, perSecond: 20 };

/** Somebody has to make room first; no tablet has to hurry. */
const RETRY_LATER = { 'Retry-After': '60' } as const;

/** Site of tokens that the local browser got by itself. */
export const LOCAL_SITE = 'local';

/** The upload endpoint as one handler: `npm start`, development, tests and a serverless engine run the same. */
export function createEndpoint(options: EndpointOptions): Hono {
  const { store, now, remoteAddress } = options;
  const isoNow = (): string => new Date(now()).toISOString();
  const byAddress = createRateLimiter(options.perAddress ?? PER_ADDRESS, now);
  const byToken = createRateLimiter(options.perToken ?? PER_TOKEN, now);
  const app = new Hono();

  const limit = (seconds: number): void => {
    if (seconds > 0)
      throw new RequestProblem(429, 'too-many-requests', `again in ${seconds} s`, { 'Retry-After': String(seconds) });
  };
  const authenticate = (c: Context): DeviceToken => {
    const bearer = /^Bearer ([\x21-\x7e]{20,256})$/i.exec(c.req.header('Authorization') ?? '')?.[1];
    const token = bearer === undefined ? undefined : store.findToken(bearer);
    if (!token || token.isRevoked)
      throw new RequestProblem(401, 'unauthorised', 'unknown or revoked device token', {
        'WWW-Authenticate': 'Bearer realm="vigia"',
      });
    limit(byToken.take(token.id));
    return token;
  };

  app.onError((error) => {
    if (error instanceof RequestProblem) return problemResponse(error);
    options.onError?.(error);
    if (isStoreUnavailable(error))
      return problemResponse(new RequestProblem(503, 'failed', 'nothing was stored; try again later', RETRY_LATER));
    return problemResponse(new RequestProblem(500, 'failed', 'nothing was stored; try again later'));
  });
  app.notFound(() => problemResponse(new RequestProblem(404, 'not-found', 'no such address')));

  app.use('/v1/*', async (c, next) => {
    const crossOrigin = corsHeaders(c.req.header('Origin'), options.allowedOrigins ?? []);
    try {
      limit(byAddress.take(remoteAddress(c) ?? ''));
      if (c.req.method === 'OPTIONS') c.res = new Response(null, { status: 204 });
      else await next();
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      c.res = problemResponse(error);
    }
    for (const [name, value] of Object.entries({ ...COMMON_HEADERS, ...crossOrigin })) c.res.headers.set(name, value);
  });

  app.get(HEALTH_PATH, (c) =>
    c.json({ status: 'ok', protocol: PROTOCOL_VERSION, time: isoNow() } satisfies HealthResponse),
  );

  app.post(RECORDS_PATH, async (c) => {
    const { id } = authenticate(c);
    const upload = await readUpload(c.req.raw);
    // Read again: while the body came in, another upload may have bound the token, or someone revoked it.
    const token = store.findTokenById(id);
    if (!token || token.isRevoked) throw new RequestProblem(401, 'unauthorised', 'revoked device token');
    const { response, isRejected } = acceptUpload(store, token, upload, isoNow());
    if (isRejected)
      return problemResponse(new RequestProblem(422, 'nothing-acceptable', 'no line was acceptable'), response);
    return c.body(JSON.stringify(response), 200, { 'Content-Type': RECEIPTS_MEDIA_TYPE });
  });

  app.get(`${RECORDS_PATH}/:id`, (c) => {
    const token = authenticate(c);
    const id = z.uuid().safeParse(c.req.param('id'));
    if (!id.success) throw new RequestProblem(400, 'malformed', 'the id is not a UUID');
    const stored = store.findRecord(id.data);
    // Another device's record is as unknown as none at all.
    if (!stored || stored.deviceId !== token.deviceId) throw new RequestProblem(404, 'not-found', 'no such record');
    const { hash, receivedAt } = stored;
    return c.json({ protocol: PROTOCOL_VERSION, id: id.data, hash, receivedAt } satisfies StoredReceipt);
  });

  app.get(SUMMARY_PATH, (c) => {
    const { deviceId, siteId } = authenticate(c);
    const devices = deviceId === null ? [] : [{ deviceId, ...store.countRecords(deviceId) }];
    return c.json({ protocol: PROTOCOL_VERSION, siteId, devices } satisfies SummaryResponse);
  });

  app.post(ENROLMENT_PATH, async (c) => {
    if (options.allowsSelfEnrolment === false || !isFromLocalApp(c.req.raw.headers, remoteAddress(c)))
      throw new RequestProblem(403, 'forbidden', 'only the app of this server, on this machine, enrols by itself');
    const { deviceId } = await readEnrolment(c.req.raw);
    if (store.hasRevokedToken(deviceId)) throw new RequestProblem(403, 'forbidden', 'this device was revoked');
    const { token } = store.createToken(LOCAL_SITE, deviceId, isoNow());
    return c.json({ protocol: PROTOCOL_VERSION, siteId: LOCAL_SITE, token } satisfies EnrolmentResponse);
  });

  for (const [path, allow] of Object.entries(METHODS))
    app.all(path, () => {
      throw new RequestProblem(405, 'method-not-allowed', `only ${allow}`, { Allow: allow });
    });
  return app;
}

const METHODS = {
  [HEALTH_PATH]: 'GET',
  [RECORDS_PATH]: 'POST',
  [`${RECORDS_PATH}/:id`]: 'GET',
  [SUMMARY_PATH]: 'GET',
  [ENROLMENT_PATH]: 'POST',
} as const;

const COMMON_HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', Vary: 'Origin' } as const;

function corsHeaders(origin: string | undefined, allowed: readonly string[]): Record<string, string> {
  if (origin === undefined || !allowed.includes(origin)) return {};
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': 'GET, POST',
    'Access-Control-Allow-Headers': `Authorization, Content-Type, Content-Encoding, Content-Digest, ${PROTOCOL_HEADER}`,
    'Access-Control-Expose-Headers': 'Retry-After',
    'Access-Control-Max-Age': '600',
  };
}

async function readEnrolment(request: Request): Promise<z.infer<typeof enrolmentRequestSchema>> {
  if (mediaType(request) !== 'application/json')
    throw new RequestProblem(415, 'unsupported-media-type', 'Content-Type has to be application/json');
  const text = (await readBody(request, 1024)).toString();
  try {
    return enrolmentRequestSchema.parse(JSON.parse(text));
  } catch {
    throw new RequestProblem(400, 'malformed', 'expected { "deviceId": UUID }');
  }
}
