import { ConnectionError, type ConnectionProblem } from '../connection-error.ts';

/** Classes and codes of SQLSTATE (PostgreSQL documentation, appendix A); whole codes go before classes. */
const PROBLEMS: Readonly<Record<string, ConnectionProblem>> = {
  '28': 'auth',
  '3D': 'database',
  '3F': 'database',
  '42501': 'permission',
  '42P01': 'not_found',
  '42703': 'not_found',
  '25006': 'read_only',
  '23': 'constraint',
  '22': 'value',
  '53': 'busy',
  '57P03': 'busy',
  '57014': 'timeout',
  '40': 'busy',
  '55P03': 'busy',
  '08': 'broken',
  '57': 'broken',
};

const HINTS: Partial<Record<ConnectionProblem, string>> = {
  auth: 'check user and password, and whether the server lets this user in from here (pg_hba.conf)',
  database: 'check the name of the database; it counts capitals',
  permission: 'give the user the right, or use another one',
  busy: 'try again, or give the server more connections',
  tls: 'add the certificate of the authority to the connection, or use the sslmode that the server offers',
};

/** Errors of TLS by the names that Node gives them. */
const TLS =
  /CERT|SSL|TLS|UNABLE_TO_VERIFY|SELF_SIGNED|does not support SSL|EPROTO|wrong version number|unsupported protocol/i;

interface PostgresError extends Error {
  readonly code?: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly column?: string;
}

/**
 * What PostgreSQL or its driver says, in the words of connections. Texts of the server are shown only where they hold no
 * values: those of class 22 quote them, and so do details of class 23.
 */
export function translateError(error: unknown): ConnectionError {
  if (error instanceof ConnectionError) return error;
  const { code = '', message, constraint, table, column } = error as PostgresError;
  const isState = /^[0-9A-Z]{5}$/.test(code);
  const known = isState ? (PROBLEMS[code] ?? PROBLEMS[code.slice(0, 2)]) : undefined;
  const problem = known ?? (isState ? 'protocol' : TLS.test(`${code} ${message}`) ? 'tls' : 'broken');
  const place = [table, column].filter((part) => part !== undefined && part !== '').join('.');
  const at = place === '' ? '' : ` in ${place}`;
  const hint = HINTS[problem];
  const options = { cause: error, ...(hint === undefined ? {} : { hint }) };
  if (problem === 'constraint') {
    const rule = constraint === undefined || constraint === '' ? 'NOT NULL' : constraint;
    return new ConnectionError(problem, `a row breaks the rule ${rule}${at} (SQLSTATE ${code})`, options);
  }
  if (problem === 'value') return new ConnectionError(problem, `a value does not fit${at} (SQLSTATE ${code})`, options);
  return new ConnectionError(
    problem,
    isState ? `${message} (SQLSTATE ${code})` : message || code || 'it broke',
    options,
  );
}
