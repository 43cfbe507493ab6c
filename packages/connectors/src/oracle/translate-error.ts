import { ConnectionError, type ConnectionProblem } from '../connection-error.ts';
import problems from './data/problems.json' with { type: 'json' };

/** Numbers of ORA errors (Oracle, "Database Error Messages"). */
const PROBLEMS = new Map<number, ConnectionProblem>(
  Object.entries(problems).flatMap(([problem, numbers]) =>
    numbers.map((number) => [number, problem as ConnectionProblem] as const),
  ),
);

/** Errors of the driver (node-oracledb, lib/errors.js). */
const OF_DRIVER: Readonly<Record<string, ConnectionProblem>> = {
  'NJS-123': 'timeout',
  'NJS-138': 'protocol',
  'NJS-116': 'auth',
  'NJS-500': 'broken',
  'NJS-501': 'broken',
  'NJS-503': 'refused',
  'NJS-505': 'tls',
  'NJS-506': 'tls',
  'NJS-507': 'tls',
  'NJS-508': 'tls',
  'NJS-510': 'timeout',
  'NJS-511': 'refused',
  'NJS-513': 'broken',
  'NJS-518': 'database',
  'NJS-519': 'database',
  'NJS-521': 'broken',
  'NJS-530': 'dns',
};

/** Those whose texts name what there is in the database and never a value of a row. */
const OPEN: readonly ConnectionProblem[] = [
  'auth',
  'database',
  'permission',
  'not_found',
  'read_only',
  'busy',
  'refused',
];

const HINTS: Partial<Record<ConnectionProblem, string>> = {
  auth: 'check user and password, which counts capitals, and whether the user is locked or its password is over',
  database: 'check the name of the service; for a SID say options.isSid',
  permission: 'give the user the right, or use another one',
  busy: 'try again later',
  refused: 'check host and port, and whether the listener knows the service',
  tls: 'give the certificate of the authority in options.tls.ca, or take the mode of TLS that the server offers',
};

/** Errors of triggers and procedures: RAISE_APPLICATION_ERROR. */
const isOfUser = (number: number): boolean => number >= 20_000 && number <= 20_999;

interface OracleError extends Error {
  readonly code?: string;
  readonly errorNum?: number;
}

/**
 * What Oracle or its driver says, in the words of connections. Texts of the server are shown, and kept as the cause, only where
 * they hold no values: those of keys quote them from 23ai on, as do those of conversions and triggers.
 */
export function translateError(error: unknown): ConnectionError {
  if (error instanceof ConnectionError) return error;
  const { code = '', message = '' } = error as OracleError;
  const number = Number(/^ORA-(\d{5})/.exec(code || message)?.[1] ?? Number.NaN);
  if (Number.isNaN(number)) return ofDriver(error, code || (/^NJS-\d+/.exec(message)?.[0] ?? ''), message);
  const problem = PROBLEMS.get(number) ?? (isOfUser(number) ? 'constraint' : 'protocol');
  const shown = `(ORA-${String(number).padStart(5, '0')})`;
  const hint = HINTS[problem];
  const more = hint === undefined ? {} : { hint };
  if (problem === 'constraint') return new ConnectionError(problem, `${ruleOf(number, message)} ${shown}`, more);
  if (problem === 'value') {
    return new ConnectionError(problem, `a value does not fit${columnOf(message)} ${shown}`, more);
  }
  if (problem === 'timeout') return new ConnectionError(problem, `the server ended what it did ${shown}`, more);
  if (!OPEN.includes(problem)) {
    const text = problem === 'broken' ? 'the connection to the server broke' : 'the server refused it';
    return new ConnectionError(problem, `${text} ${shown}`, more);
  }
  // Further lines are those of procedures, and of the address of a page about the error.
  const [first = ''] = message.replace(/^ORA-\d{5}: /, '').split('\n');
  return new ConnectionError(problem, `${first} ${shown}`, { cause: error, ...more });
}

function ruleOf(number: number, message: string): string {
  if (number === 1400 || number === 1407) return `a row breaks the rule NOT NULL${columnOf(message)}`;
  // ORA-00001: unique constraint (MAKER.PK_ORDER) violated
  const name = /constraint \(([^()\n]{1,260})\)/.exec(message)?.[1];
  if (name !== undefined) return `a row breaks the rule ${name}`;
  return isOfUser(number) || number === 4088 ? 'a trigger refused a row' : 'a row breaks a rule';
}

/** `… into ("MAKER"."ORDER"."ID")`, `… for column "MAKER"."ORDER"."ID" (actual: 10, maximum: 5)`. */
function columnOf(message: string): string {
  const name = /(?:into|update|column)[ (]+("[^"\n]{1,128}"(?:\."[^"\n]{1,128}"){2})/.exec(message)?.[1];
  return name === undefined ? '' : ` in ${name.replaceAll('"', '')}`;
}

function ofDriver(error: unknown, code: string, message: string): ConnectionError {
  const problem =
    OF_DRIVER[code] ?? (/ECONNRESET|EPIPE|ended|closed/i.test(`${code} ${message}`) ? 'broken' : 'protocol');
  const hint = HINTS[problem];
  // The driver's own checks of values (NJS-0xx) may quote them.
  const isShown = OF_DRIVER[code] !== undefined;
  return new ConnectionError(problem, isShown ? message : `the driver refused it${code === '' ? '' : ` (${code})`}`, {
    ...(isShown ? { cause: error } : {}),
    ...(hint === undefined ? {} : { hint }),
  });
}
