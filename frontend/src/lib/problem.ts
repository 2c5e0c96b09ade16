/** What went wrong, as the API's problem document says it (RFC 9457), or that nobody answered. */

interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  request_id: string;
  error?: string;
  errors?: readonly { problem?: unknown }[];
}

export class Problem extends Error {
  /** 0 if there was no answer at all. */
  readonly status: number;
  readonly title: string;
  readonly requestId: string | undefined;
  /** A code of RFC 6749, at the token endpoint. */
  readonly code: string | undefined;
  /** What is wrong with parts of the request, one by one. */
  readonly causes: readonly string[];

  constructor(document: Partial<ProblemDocument> & { status: number }) {
    super(document.detail ?? document.title ?? 'unreachable');
    this.name = 'Problem';
    this.status = document.status;
    this.title = document.title ?? '';
    this.requestId = document.request_id;
    this.code = document.error;
    const { errors } = document;
    this.causes = (Array.isArray(errors) ? errors : []).map(({ problem }) => String(problem));
  }

  /** Whether the same question may be answered a little later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status >= 500 || this.status === 429;
  }
}

function isDocument(body: unknown): body is Partial<ProblemDocument> {
  return typeof body === 'object' && body !== null;
}

/** Make a problem of whatever a request ended with. */
export function asProblem(body: unknown, response: Response | undefined): Problem {
  if (body instanceof Problem) return body;
  const status = response?.status ?? 0;
  const told = isDocument(body) && !(body instanceof Error) ? body : {};
  const requestId = told.request_id ?? response?.headers.get('x-request-id') ?? undefined;
  return new Problem({ ...told, status, ...(requestId && { request_id: requestId }) });
}
