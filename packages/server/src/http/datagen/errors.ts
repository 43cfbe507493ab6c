import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../../errors.ts';
import { type Problem, toStructuredError } from '../../services/datagen/problem.ts';
import { Refusal, type RefusalKind } from '../../services/datagen/refusal.ts';
import { toApiError } from '../errors.ts';
import { RouteTable } from '../route-table.ts';

const STATUS: Readonly<Record<RefusalKind, number>> = {
  invalid: 422,
  unauthorized: 401,
  forbidden: 403,
  payment_required: 402,
  not_found: 404,
  contract_mismatch: 409,
  request_key_reused: 409,
  request_in_progress: 409,
  daily_limit: 429,
  too_many_keys: 429,
  unavailable: 503,
};

/** An error of this door as it is sent. */
export interface DatagenError {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

const AGENTIC = 'application/vnd.agentic+json';

/** Whether the client asks for errors that a program can act on. */
export const wantsAgentic = ({ headers }: FastifyRequest): boolean =>
  (headers.accept ?? '').toLowerCase().includes(AGENTIC);

/** What is said of an error: in sentences, or as a list of structured errors. */
export function describe(error: unknown, agentic: boolean): DatagenError | undefined {
  if (error instanceof Refusal) return describeRefusal(error, agentic);
  const known = toApiError(error);
  if (known === undefined) return undefined;
  if (known.status === 401 || known.code === 'conflicting_credentials') {
    return { status: known.status, body: { error: known.message }, headers: {} };
  }
  const diagnostics = known.diagnostics.length > 0 ? known.diagnostics : [{ code: known.code, message: known.message }];
  const problems = diagnostics.map(({ code, message, ...more }): Problem => {
    const hint = 'hint' in more && more.hint !== undefined ? more.hint : 'see GET /api/v1/openapi.json';
    return { code, message, correction_hint: hint, pointer: 'pointer' in more ? more.pointer : '' };
  });
  return { status: known.status, body: bodyOf(problems, agentic, {}), headers: {} };
}

function describeRefusal({ kind, message, problems, details }: Refusal, agentic: boolean): DatagenError {
  const status = STATUS[kind];
  switch (kind) {
    case 'invalid':
      return { status, body: bodyOf(problems, agentic, details), headers: {} };
    case 'unauthorized':
      return { status, body: { error: message, ...details }, headers: { 'WWW-Authenticate': 'Bearer' } };
    case 'forbidden':
    case 'payment_required':
    case 'unavailable':
      return { status, body: { error: message, ...details }, headers: {} };
    case 'too_many_keys':
      return retry(status, { error: message, ...details }, Number(details['retry_after_sec']));
    case 'daily_limit':
      return retry(status, { detail: message, ...details }, secondsToMidnight());
    case 'request_in_progress':
      return retry(status, { detail: message, ...details }, 1);
    case 'contract_mismatch': {
      const { actual_contract_hash: actual } = details;
      const hint = 'look at what the columns are taken for now; if that is what you want, expect its hash';
      const advice = { correction_hint: hint, suggested_fix: { expected_contract_hash: actual } };
      return { status, body: { detail: message, ...details, ...(agentic ? advice : {}) }, headers: {} };
    }
    default:
      return { status, body: { detail: message, ...details }, headers: {} };
  }
}

const retry = (status: number, body: object, seconds: number): DatagenError => ({
  status,
  body,
  headers: { 'Retry-After': String(seconds) },
});

const DAY_MS = 86_400_000;
const secondsToMidnight = (): number => Math.ceil((DAY_MS - (Date.now() % DAY_MS)) / 1000);

const bodyOf = (problems: readonly Problem[], agentic: boolean, details: object): unknown =>
  agentic ? problems.map(toStructuredError) : { detail: problems.map(({ message }) => message), ...details };

/** Every error of this door leaves in the door's own shapes. */
export function handleDatagenErrors(app: FastifyInstance): void {
  const routes = new RouteTable(app);
  app.setErrorHandler((error, request, reply) => {
    const known = describe(error, wantsAgentic(request));
    if (error instanceof Refusal) request.fault = error.cause;
    if (known !== undefined) return sendError(reply, known);
    request.fault = error;
    const detail = ['Something went wrong in the server; quote the request id when you report it.'];
    return sendError(reply, { status: 500, body: { detail, request_id: request.id }, headers: {} });
  });
  app.setNotFoundHandler((request, reply) => {
    const allowed = routes.methodsOf(request.url.split('?')[0] ?? '');
    const error =
      allowed.length > 0
        ? new ApiError('method_not_allowed', `this path takes ${allowed.join(', ')}`)
        : new ApiError('not_found', 'there is no such route; GET /api/v1/openapi.json lists them');
    return sendDatagenError(request, reply, error, allowed.length > 0 ? { Allow: allowed.join(', ') } : {});
  });
}

/** Whether a request is for this door, wherever it may lead there. */
export const isOfDatagen = ({ url }: FastifyRequest): boolean => /^\/api\/v1([/?]|$)/.test(url);

/** Sends an error of the server as this door says it. */
export function sendDatagenError(
  request: FastifyRequest,
  reply: FastifyReply,
  error: ApiError,
  headers: DatagenError['headers'] = {},
): FastifyReply {
  return sendError(reply, { ...(describe(error, wantsAgentic(request)) as DatagenError), headers });
}

export const sendError = (reply: FastifyReply, { status, body, headers }: DatagenError): FastifyReply =>
  reply.code(status).headers(headers).type('application/json; charset=utf-8').send(body);
