import { ConnectionError } from '../connection-error.ts';

const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);
const INVALID = new Set(['UND_ERR_INVALID_ARG', 'ERR_INVALID_CHAR']);

/** What undici says, in the words of connections; its texts are not shown, for they may quote what was sent. */
export function translateError(error: unknown, origin: string): ConnectionError {
  if (error instanceof ConnectionError) return error;
  const { code = '', name = '' } = (error ?? {}) as NodeJS.ErrnoException;
  if (TIMEOUTS.has(code) || name === 'TimeoutError') {
    return new ConnectionError('timeout', `${origin} did not answer in time`, {
      hint: 'try again, or raise options.timeoutSeconds',
      cause: error,
    });
  }
  if (INVALID.has(code)) {
    return new ConnectionError('invalid_config', 'a header or a path holds characters that HTTP does not allow', {
      cause: error,
    });
  }
  // Of the parser of HTTP, and of what unpacks.
  if (name === 'HTTPParserError' || /^(HPE_|Z_|ERR_)/.test(code)) {
    return new ConnectionError('protocol', `what ${origin} answers is not HTTP (${code === '' ? name : code})`, {
      hint: 'check the port, and whether it wants https',
      cause: error,
    });
  }
  return new ConnectionError('broken', `the connection to ${origin} broke (${code === '' ? 'closed' : code})`, {
    cause: error,
  });
}
