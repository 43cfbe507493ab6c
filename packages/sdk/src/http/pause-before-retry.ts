import type { DataMakerError } from '../datamaker-error.ts';

const BASE_SECONDS = 0.25;
const LONGEST_SECONDS = 8;
/** A `Retry-After` that is longer is for the caller. */
const PATIENCE_SECONDS = 120;

/** What goes wrong before a system is told anything: doing it again does no harm. */
const BEFORE = new Set<unknown>(['busy', 'refused', 'dns']);
const PASSING = new Set<string>(['rate_limited', 'quota_exceeded', 'request_in_progress', 'unavailable']);
const GATEWAYS = new Set<unknown>([429, 502, 503, 504]);

/**
 * Seconds until a request is sent again, drawn between 0 and twice as much each time ("full jitter"); undefined: it is not, since that
 * would not help.
 * @param attempt 0 after the first
 */
export function pauseBeforeRetry(error: DataMakerError, attempt: number): number | undefined {
  if (!mayPass(error)) return undefined;
  const drawn = Math.random() * Math.min(LONGEST_SECONDS, BASE_SECONDS * 2 ** attempt);
  if (error.retryAfter === undefined) return drawn;
  return error.retryAfter <= PATIENCE_SECONDS ? error.retryAfter + drawn : undefined;
}

/** What is sent twice has the effect of once: each POST has an `Idempotency-Key`, and other methods are idempotent (RFC 9110, 9.2.2). */
function mayPass({ code, status, details, retryAfter }: DataMakerError): boolean {
  if (code === 'network_error' || code === 'timeout') return true;
  if (code === 'connection_failed') return BEFORE.has(details.problem);
  // Without a time, a quota says that there will never be enough.
  if (PASSING.has(code)) return code !== 'quota_exceeded' || retryAfter !== undefined;
  return code === 'error' && GATEWAYS.has(status);
}
