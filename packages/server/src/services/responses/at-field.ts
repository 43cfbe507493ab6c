import type { ResponseRequest } from '@datamaker/engine';
import { ApiError, type ErrorCode } from '../../errors.ts';

const OF_SYSTEMS: readonly ErrorCode[] = [
  'connection_failed',
  'secret_not_for_host',
  'validation_error',
  'rate_limited',
];

/** What went wrong on the way to a system, as something about the field that it was asked for. */
export function atField(error: unknown, { field, pointer }: ResponseRequest): unknown {
  if (!(error instanceof ApiError) || !OF_SYSTEMS.includes(error.code)) return error;
  const of = `field ${JSON.stringify(field)}: `;
  const say = (message: string): string => (message.startsWith(of) ? message : of + message);
  const details = error.diagnostics.map((detail) => ({
    ...detail,
    pointer: detail.pointer.startsWith(pointer) ? detail.pointer : pointer,
    message: say(detail.message),
  }));
  return new ApiError(error.code, say(error.message), details, error.headers, { ...error.facts, field });
}
