import { ConnectionError, type ConnectionProblem } from '../connection-error.ts';
import { heldByOthers } from '../sql/held-by-others.ts';

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
  // Two rows of one statement with the same key: they differ in bytes and are equal to the database.
  '21000': 'constraint',
  '44': 'constraint',
  // RAISE in a trigger.
  P0: 'constraint',
  '09': 'constraint',
  '22': 'value',
  // A value for a column that is always computed.
  '428C9': 'value',
  '42804': 'value',
  '53': 'busy',
  '57P03': 'busy',
  '57014': 'timeout',
  '40': 'busy',
  '55P03': 'busy',
  // A statement with other places than values.
  '08P01': 'protocol',
  '08': 'broken',
  '57': 'broken',
};

/** Classes whose texts name what there is in the database and never a value of a row. */
const OPEN = /^(08|0A|25|28|2[BDF]|3[DF]|4[02]|53|54|55|57)/;

const HINTS: Partial<Record<ConnectionProblem, string>> = {
  auth: 'check user and password, and whether the server lets this user in from here (pg_hba.conf)',
  database: 'check the name of the database; it counts capitals',
  permission: 'give the user the right, or use another one',
  busy: 'try again, or give the server more connections',
  tls: 'add the certificate of the authority to the connection, or use the mode of TLS that the server offers',
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
 * What PostgreSQL or its driver says, in the words of connections. Texts of the server are shown, and kept as the cause, only
 * where they hold no values: those of class 22 quote them, as do details of class 23 and whatever triggers say.
 */
export function translateError(error: unknown): ConnectionError {
  if (error instanceof ConnectionError) return error;
  const { code = '', message = '', constraint = '', table = '', column = '' } = error as PostgresError;
  if (!/^[0-9A-Z]{5}$/.test(code)) return ofDriver(error, code, message);
  const problem = PROBLEMS[code] ?? PROBLEMS[code.slice(0, 2)] ?? 'protocol';
  const place = [table, column].filter((part) => part !== '').join('.');
  const at = place === '' ? '' : ` in ${place}`;
  const state = `(SQLSTATE ${code})`;
  const hint = HINTS[problem];
  const said = hint === undefined ? {} : { hint };
  if (code === '55P03') return heldByOthers(state);
  if (problem === 'constraint') return new ConnectionError(problem, `${ruleOf(code, constraint, at)} ${state}`, said);
  if (problem === 'value') return new ConnectionError(problem, `a value does not fit${at} ${state}`, said);
  return OPEN.test(code)
    ? new ConnectionError(problem, `${message} ${state}`, { cause: error, ...said })
    : new ConnectionError(problem, `the server refused it ${state}`, said);
}

function ruleOf(code: string, constraint: string, at: string): string {
  if (constraint !== '') return `a row breaks the rule ${constraint}${at}`;
  if (code === '23502') return `a row breaks the rule NOT NULL${at}`;
  if (code === '21000') return 'two rows that were sent together have the same key';
  return code.startsWith('23') ? `a row breaks a rule${at}` : `a trigger or a view refused a row${at}`;
}

function ofDriver(error: unknown, code: string, message: string): ConnectionError {
  const problem = /timeout/i.test(message) ? 'timeout' : TLS.test(`${code} ${message}`) ? 'tls' : 'broken';
  const hint = HINTS[problem];
  return new ConnectionError(problem, message || code || 'it broke', {
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  });
}
