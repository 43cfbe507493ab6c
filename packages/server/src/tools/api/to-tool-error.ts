import type { OutgoingHttpHeaders } from 'node:http';
import type { ErrorDetail } from '../../errors.ts';
import { ToolError } from '../tool-error.ts';

/** Errors as the doors write them: ours, and those of DataGen, in sentences or as a list. */
interface ErrorAnswer {
  readonly error?: string | OwnError;
  readonly detail?: unknown;
}

interface OwnError {
  readonly code?: string;
  readonly message?: string;
  readonly details?: { readonly diagnostics?: readonly ErrorDetail[] };
  readonly request_id?: string;
}

interface StructuredError {
  readonly field?: string;
  readonly message?: string;
  readonly correction_hint?: string;
  readonly suggested_fix?: unknown;
}

/** What statuses mean where an answer has no code. */
const CODES: Readonly<Record<number, string>> = {
  401: 'unauthorized',
  402: 'payment_required',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'payload_too_large',
  422: 'validation_error',
  429: 'quota_exceeded',
  503: 'unavailable',
};

/** An answer that is an error, as whoever called a tool is told of it: with the code of the API, and what to do. */
export function toToolError(status: number, headers: OutgoingHttpHeaders, text: string): ToolError {
  const answer = parse(text);
  const own = (answer as ErrorAnswer | undefined)?.error;
  const { code, message, details = [] } = typeof own === 'object' ? ofOwn(own) : ofDatagen(answer);
  const after = headers['retry-after'];
  const id = typeof own === 'object' ? own.request_id : undefined;
  return new ToolError(code ?? CODES[status] ?? 'internal_error', message ?? `the server answered ${status}`, {
    details,
    retryAfter: after === undefined || !Number.isFinite(Number(after)) ? undefined : Number(after),
    hint: status >= 500 && id !== undefined ? `report it with ${id}` : undefined,
  });
}

interface Told {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly details?: readonly ErrorDetail[];
}

const ofOwn = ({ code, message, details }: OwnError): Told => ({ code, message, details: details?.diagnostics ?? [] });

function ofDatagen(answer: ErrorAnswer | readonly StructuredError[] | undefined): Told {
  if (Array.isArray(answer)) {
    const details = (answer as readonly StructuredError[]).map((one) => ({
      code: 'invalid_value',
      pointer: one.field ?? '',
      message: one.message ?? '',
      ...(one.correction_hint === undefined ? {} : { hint: one.correction_hint }),
      ...(one.suggested_fix === undefined ? {} : { suggested_fix: one.suggested_fix }),
    }));
    return { message: details[0]?.message, details };
  }
  const { error, detail } = (answer ?? {}) as ErrorAnswer;
  if (typeof error === 'string') return { message: error };
  return detail === undefined ? {} : { message: [detail].flat().map(String).join('; ') };
}

function parse(text: string): ErrorAnswer | readonly StructuredError[] | undefined {
  try {
    return (JSON.parse(text) as ErrorAnswer | readonly StructuredError[] | null) ?? undefined;
  } catch {
    return undefined;
  }
}
