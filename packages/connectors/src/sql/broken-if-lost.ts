import { ConnectionError } from '../connection-error.ts';

/**
 * What is told of an error of the driver when the connection may be gone: why it was cut from here, or that it is broken
 * whatever the driver says of being asked for something over it.
 * @param known the error in the words of connections
 */
export function brokenIfLost(
  error: unknown,
  known: ConnectionError,
  { why, isLost }: { readonly why: ConnectionError | undefined; readonly isLost: boolean },
): ConnectionError {
  if (why !== undefined && known.problem === 'broken') return why;
  if (known.problem !== 'protocol' || !isLost) return known;
  return new ConnectionError('broken', 'the connection is broken', { cause: error });
}
