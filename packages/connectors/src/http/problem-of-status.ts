import type { ConnectionProblem } from '../connection-error.ts';

/** What the status of an answer means for who asked (RFC 9110, 15; RFC 6585). */
export function problemOfStatus(status: number): ConnectionProblem {
  if (status === 401 || status === 407) return 'auth';
  if (status === 403) return 'permission';
  if (status === 404 || status === 410) return 'not_found';
  if (status === 408) return 'timeout';
  if (status === 413) return 'value';
  if ([400, 409, 412, 422, 428].includes(status)) return 'constraint';
  if ([429, 502, 503, 504].includes(status)) return 'busy';
  return 'protocol';
}
