import { CommandError, type Problem } from '../errors/command-error.ts';

/** An error as servers answer it. */
export interface ErrorBody {
  readonly error?: {
    readonly code?: string;
    readonly message?: string;
    readonly request_id?: string;
    readonly details?: { readonly diagnostics?: readonly Diagnostic[] };
  };
}

interface Diagnostic {
  readonly code: string;
  readonly pointer: string;
  readonly message: string;
  readonly hint?: string;
}

const HINTS: Readonly<Record<number, string>> = {
  401: 'log in with `datamaker login`, or set DM_API_KEY to a key of this server',
  403: 'the key, or who it belongs to, may not do that',
};

/** A server has refused a request. */
export class ServerError extends CommandError {
  readonly status: number;

  constructor(status: number, request: string, body: ErrorBody | undefined) {
    const { code, message, request_id: id, details } = body?.error ?? {};
    const what = `${request} was answered with ${status}`;
    const hint = HINTS[status] ?? (status >= 500 && id !== undefined ? `quote the request ${id}` : undefined);
    super(status >= 500 ? 1 : 2, code ?? 'server_error', message ?? `${what}, not by a DataMaker server`, {
      problems: (details?.diagnostics ?? []).map(toProblem),
      ...(hint === undefined ? {} : { hint }),
    });
    this.status = status;
  }
}

const toProblem = ({ code, pointer, message, hint }: Diagnostic): Problem => ({
  code,
  pointer,
  message,
  ...(hint === undefined ? {} : { hint }),
});
