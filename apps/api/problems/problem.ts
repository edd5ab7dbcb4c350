import { problemKind, problemType, type ProblemCode } from './catalogue.js';

/** Where the fault lies: in the body (a JSON Pointer, RFC 6901), a query parameter, or a header. */
export type Fault = { readonly detail: string } & (
  | { readonly pointer: string }
  | { readonly parameter: string }
  | { readonly header: string }
);

type ProblemOptions = {
  readonly errors?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
};

/** A request that is answered with a problem: thrown anywhere, written by the filter. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly errors: readonly Fault[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: ProblemCode,
    /** What happened this time, and what to do about it. Shown to the client. */
    readonly detail: string,
    { errors = [], headers = {}, cause }: ProblemOptions = {},
  ) {
    super(`${code}: ${detail}`, { cause });
    this.errors = errors;
    this.headers = headers;
  }

  get status(): number {
    return problemKind(this.code).status;
  }
}

/** RFC 9457, with a stable code and the trace that the logs know the request by. */
export type ProblemDocument = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: ProblemCode;
  readonly traceId: string;
  readonly errors?: readonly Fault[];
};

export function problemDocument({ code, detail, errors }: Problem, instance: string, traceId: string): ProblemDocument {
  const { title, status } = problemKind(code);
  return { type: problemType(code), title, status, detail, instance, code, traceId, ...(errors.length > 0 && { errors }) };
}
