import { PROBLEM_MEDIA_TYPE, type Problem } from '#domain/protocol/protocol.ts';

/** Kinds of refusal, as the last part of the problem's `type`. */
export type ProblemKind =
  | 'unauthorised'
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed'
  | 'unsupported-media-type'
  | 'unsupported-protocol'
  | 'malformed'
  | 'bad-digest'
  | 'too-large'
  | 'too-many-requests'
  | 'nothing-acceptable'
  | 'failed';

/** What ends a request early. Thrown inside the handler, answered by its error handler. */
export class RequestProblem extends Error {
  readonly status: number;
  readonly kind: ProblemKind;
  readonly detail: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, kind: ProblemKind, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(`${status} ${kind}`);
    this.status = status;
    this.kind = kind;
    this.detail = detail;
    this.headers = headers;
  }
}

/** An RFC 9457 answer, with extension members when given. */
export function problemResponse(problem: RequestProblem, extension: object = {}): Response {
  const body: Problem = {
    type: `urn:vigia:problem:${problem.kind}`,
    title: problem.kind.replaceAll('-', ' '),
    status: problem.status,
    detail: problem.detail,
  };
  return new Response(JSON.stringify({ ...body, ...extension }), {
    status: problem.status,
    headers: { 'Content-Type': PROBLEM_MEDIA_TYPE, ...problem.headers },
  });
}
