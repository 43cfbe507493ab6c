/** One thing that is wrong with what was sent, as the API says it. */
export interface Diagnostic {
  readonly code: string;
  /** JSON pointer into what was sent. */
  readonly pointer?: string;
  readonly message: string;
  readonly hint?: string;
}

/** A refusal of the API, or that it could not be reached (`status` 0). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly requestId: string | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    diagnostics: readonly Diagnostic[] = [],
    requestId?: string,
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.diagnostics = diagnostics;
    this.requestId = requestId;
  }
}

interface ErrorBody {
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly details?: { readonly diagnostics?: readonly Diagnostic[] };
    readonly request_id?: string;
  };
}

/** What an answer that is no success says. */
export async function problemOf(response: Response): Promise<Problem> {
  const { error } = (await response.json().catch(() => ({}))) as ErrorBody;
  if (error === undefined)
    return new Problem(response.status, 'unknown', `the server answered with ${response.status}`);
  return new Problem(response.status, error.code, error.message, error.details?.diagnostics, error.request_id);
}
