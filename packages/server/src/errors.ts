/**
 * The error catalogue. Codes are stable: clients switch on them. A test keeps docs/reference/errors.md equal to this.
 */
export const ERRORS = {
  validation_error: {
    status: 422,
    summary:
      'The request was understood, but something in it is wrong; `details.diagnostics` names each place and the remedy.',
  },
  bad_request: { status: 400, summary: 'The request is not well-formed HTTP or JSON.' },
  unauthorized: { status: 401, summary: 'The key is missing, wrong or revoked.' },
  forbidden: { status: 403, summary: 'Your role, or the key, is not enough for that.' },
  workspace_deleted: {
    status: 403,
    summary: 'The workspace was deleted; until it is purged an owner can restore it with `POST /workspace/restore`.',
  },
  invalid_credentials: { status: 401, summary: 'The e-mail address or the password is wrong.' },
  cross_site_request: {
    status: 403,
    summary: 'A browser sent the request for a page of another site; only pages of this server use sessions.',
  },
  conflict: { status: 409, summary: 'That cannot be as things are; `details.diagnostics` says what is in the way.' },
  conflicting_credentials: { status: 400, summary: 'Authorization and X-API-Key name different keys.' },
  rate_limited: {
    status: 429,
    summary: 'More requests than the plan of the workspace gives, or too many tries; wait for `Retry-After`.',
  },
  quota_exceeded: {
    status: 429,
    summary:
      'More rows than the plan of the workspace has left in this hour; ask for fewer, or wait for `Retry-After`.',
  },
  too_many_runs: {
    status: 429,
    summary:
      'More runs of the workspace have not ended than its plan gives; wait for `Retry-After` or the end of one, or cancel some.',
  },
  invalid_idempotency_key: { status: 400, summary: 'An Idempotency-Key has 1 to 255 characters.' },
  idempotency_key_reused: {
    status: 422,
    summary: 'The Idempotency-Key was used for a request with another path, query or body.',
  },
  request_in_progress: {
    status: 409,
    summary: 'A request with the same Idempotency-Key is under way; send it again after `Retry-After`.',
  },
  invalid_cursor: { status: 400, summary: 'The cursor is not one that this list gave.' },
  not_found: { status: 404, summary: 'There is no such thing, or it is not yours.' },
  method_not_allowed: { status: 405, summary: 'The path exists, but not for this method.' },
  version_conflict: { status: 412, summary: 'It has been changed since you read it: read it again.' },
  not_acceptable: { status: 406, summary: 'None of the formats asked for can be made.' },
  storage_quota_exceeded: {
    status: 409,
    summary: 'The files and sets of the workspace have no room for that; delete some.',
  },
  output_expired: { status: 410, summary: 'The output of the run is no longer kept; generate again.' },
  job_of_files: {
    status: 409,
    summary:
      'Each part of the job is a file of its own (`part_files`): there is no one file of all. Its manifest names them; `GET /jobs/{id}/parts/{number}` answers each.',
  },
  part_missing: {
    status: 410,
    summary:
      'The bytes of a part of the job are not in the file store any more, though nobody let them go here; make it again.',
  },
  part_damaged: {
    status: 409,
    summary:
      'The bytes of a part of the job are not those that were made: something has changed them in the file store.',
  },
  log_expired: { status: 410, summary: 'The log of the run is no longer kept; the plan says for how long it is.' },
  payload_too_large: { status: 413, summary: 'The body is larger than the server takes.' },
  unsupported_media_type: {
    status: 415,
    summary: 'The route takes bodies of another type, most of them application/json.',
  },
  range_not_satisfiable: { status: 416, summary: 'The range begins behind the last byte.' },
  connection_failed: {
    status: 502,
    summary:
      'The system of a connection cannot be reached, or does not do what was asked of it; `details.problem` says why.',
  },
  secret_not_for_host: {
    status: 403,
    summary:
      'The secret that the connection names is not meant for a host that it leads to; `details.diagnostics` says who can add the host.',
  },
  secret_unreadable: {
    status: 500,
    summary: 'A secret cannot be opened: the server has another master key than it was closed with, or it was changed.',
  },
  unavailable: { status: 503, summary: 'The database or the file store cannot be reached at the moment; try again.' },
  internal_error: { status: 500, summary: 'Something went wrong in the server; quote the request id.' },
} as const;

export type ErrorCode = keyof typeof ERRORS;

export interface ErrorDetail {
  readonly code: string;
  readonly pointer: string;
  readonly message: string;
  readonly hint?: string;
}

/** An error that a client sees as it is. Anything else that is thrown is an internal error and shows nothing. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly diagnostics: readonly ErrorDetail[];
  /** Headers of the answer, such as `Retry-After`. */
  readonly headers: Readonly<Record<string, string>>;
  /** What else `details` tell. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    diagnostics: readonly ErrorDetail[] = [],
    headers: Readonly<Record<string, string>> = {},
    facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.diagnostics = diagnostics;
    this.headers = headers;
    this.facts = facts;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}

/** A conflict, with what is in the way. */
export const conflict = (code: string, message: string, hint: string): ApiError =>
  new ApiError('conflict', message, [{ code, pointer: '', message, hint }]);

/** As many as the engine gives of a template: whoever has that many mistakes has one. */
const MAX_DIAGNOSTICS = 100;

/** A validation error from diagnostics; its message is the first of them. */
export function validationError(diagnostics: readonly ErrorDetail[]): ApiError {
  const [first] = diagnostics;
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : '';
  const place = first?.pointer === '' || first === undefined ? '' : `${first.pointer}: `;
  return new ApiError(
    'validation_error',
    `${place}${first?.message ?? 'the request is not valid'}${more}`,
    diagnostics.slice(0, MAX_DIAGNOSTICS),
  );
}
