import { ConnectionError, type ConnectionProblem } from '@datamaker/connectors';
import { ApiError, conflict, validationError } from '../../errors.ts';

/** What a message begins with, where the problem's own words do not say it. */
const LABELS: Partial<Record<ConnectionProblem, string>> = {
  tls: 'TLS error',
  timeout: 'timeout',
  dns: 'unknown host',
  refused: 'refused',
  auth: 'sign-in refused',
  permission: 'not permitted',
  target_not_allowed: 'address not allowed',
};

/** A problem in one line. */
export function sayProblem({ problem, message }: Pick<ConnectionError, 'problem' | 'message'>): string {
  const label = LABELS[problem];
  const [line = ''] = message.split('\n');
  const text = line.slice(0, 500);
  return label === undefined || text.startsWith(label) ? text : `${label}: ${text}`;
}

/**
 * What a connector says, in the API's terms. Nothing of what its driver said goes along: that may show values.
 * @param error anything else comes back as it is
 */
export function toApiError(error: unknown): unknown {
  if (!(error instanceof ConnectionError)) return error;
  const { problem, hint, written } = error;
  const message = sayProblem(error);
  const at = (code: string, pointer: string) => ({ code, pointer, message, ...(hint === undefined ? {} : { hint }) });
  switch (problem) {
    case 'invalid_config':
      return validationError([at('invalid_connection', '')]);
    case 'driver_missing':
      return validationError([at('driver_missing', '/type')]);
    case 'not_found':
      return validationError([at('not_in_system', '')]);
    case 'constraint':
      return validationError([at('row_refused', '/rows')]);
    case 'value':
      return validationError([at('value_refused', '/rows')]);
    case 'read_only':
      return conflict('connection_read_only', message, hint ?? 'use another connection, or let this one write');
    default:
      return new ApiError('connection_failed', message, [at(problem, '')], retryAfter(error), {
        problem,
        ...(written === undefined ? {} : { written }),
      });
  }
}

const retryAfter = ({ problem }: ConnectionError): Readonly<Record<string, string>> =>
  problem === 'busy' ? { 'Retry-After': '5' } : {};
