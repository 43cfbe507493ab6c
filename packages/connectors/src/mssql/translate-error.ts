import { ConnectionError, type ConnectionProblem } from '../connection-error.ts';
import problems from './data/problems.json' with { type: 'json' };

/** Numbers of errors (Microsoft, "Database Engine events and errors"; sys.messages). */
const PROBLEMS = new Map<number, ConnectionProblem>(
  Object.entries(problems).flatMap(([problem, numbers]) =>
    numbers.map((number) => [number, problem as ConnectionProblem] as const),
  ),
);

/** Those whose texts name what there is in the database and never a value of a row. */
const OPEN: readonly ConnectionProblem[] = ['auth', 'database', 'permission', 'not_found', 'read_only', 'busy'];

/** From here on numbers are those of RAISERROR and THROW, as triggers and procedures use them. */
const FIRST_OF_USERS = 50_000;

const HINTS: Partial<Record<ConnectionProblem, string>> = {
  auth: 'check user and password, and whether the server allows SQL Server authentication besides that of Windows',
  database: 'check the name of the database, and whether this login may open it',
  permission: 'give the user the right, or use another one',
  busy: 'try again later',
  tls: 'give the certificate of the authority in tls.ca; or take encrypt=true&trustServerCertificate=true to trust whoever answers',
};

const TLS =
  /CERT|SSL|TLS|UNABLE_TO_VERIFY|SELF_SIGNED|EENCRYPT|EPROTO|altnames|encryption|wrong version number|unsupported protocol/i;

interface MssqlError extends Error {
  readonly code?: string;
  readonly number?: number;
  readonly errors?: readonly MssqlError[];
  readonly cause?: unknown;
}

/**
 * What SQL Server or its driver says, in the words of connections. Texts of the server are shown, and kept as the cause, only
 * where they hold no values: those of broken keys and conversions quote them.
 */
export function translateError(error: unknown): ConnectionError {
  if (error instanceof ConnectionError) return error;
  const said = error as MssqlError;
  // What the dialer says is wrapped by the driver.
  if (said.cause instanceof ConnectionError) return said.cause;
  const all = said.errors ?? [said];
  const first = all.find(({ number }) => number !== undefined && PROBLEMS.has(number)) ?? all[0] ?? said;
  if (first.number === undefined) return ofDriver(first);
  return ofServer(first, first.number);
}

function ofServer(error: MssqlError, number: number): ConnectionError {
  const problem = PROBLEMS.get(number) ?? (number >= FIRST_OF_USERS ? 'constraint' : 'protocol');
  const code = `(SQL Server error ${number})`;
  const hint = HINTS[problem];
  const more = hint === undefined ? {} : { hint };
  if (problem === 'constraint') return new ConnectionError(problem, `${ruleOf(number, error.message)} ${code}`, more);
  if (problem === 'value') {
    return new ConnectionError(problem, `a value does not fit${placeOf(error.message)} ${code}`, more);
  }
  return OPEN.includes(problem)
    ? new ConnectionError(problem, `${error.message} ${code}`, { cause: error, ...more })
    : new ConnectionError(
        problem,
        `${problem === 'broken' ? 'the server ended it' : 'the server refused it'} ${code}`,
        more,
      );
}

function ruleOf(number: number, message: string): string {
  const at = placeOf(message);
  if (number === 515) return `a row breaks the rule NOT NULL${at}`;
  const rule = /constraint ['"]([^'"]{1,128})['"]|unique index ['"]([^'"]{1,128})['"]/.exec(message);
  const name = rule?.[1] ?? rule?.[2];
  if (name !== undefined) return `a row breaks the rule ${name}${at}`;
  return number >= FIRST_OF_USERS || number === 3609 ? 'a trigger refused a row' : `a row breaks a rule${at}`;
}

/** The table and column that a text names before it comes to values. */
function placeOf(message: string): string {
  const head = message.replace(/(?:Truncated value|The duplicate key value is).*$/s, '');
  const table = /(?:table|object) ['"]([^'"]{1,386})['"]/.exec(head)?.[1];
  const column = /column ['"]([^'"]{1,128})['"]/.exec(head)?.[1];
  const place = [table, column].filter((part) => part !== undefined).join('.');
  return place === '' ? '' : ` in ${place}`;
}

function ofDriver(error: MssqlError): ConnectionError {
  const { code = '', message, cause } = error;
  const below = cause instanceof Error ? `${(cause as NodeJS.ErrnoException).code ?? ''} ${cause.message}` : '';
  const problem: ConnectionProblem =
    code === 'ETIMEOUT' || /timeout/i.test(message)
      ? 'timeout'
      : code === 'ELOGIN'
        ? 'auth'
        : TLS.test(`${code} ${message} ${below}`)
          ? 'tls'
          : ['ESOCKET', 'ECLOSE', 'ECONNRESET', 'EPIPE'].includes(code)
            ? 'broken'
            : code === 'EPARAM' || error instanceof TypeError
              ? 'value'
              : 'protocol';
  const hint = HINTS[problem];
  // The driver quotes a parameter that it cannot write.
  const text = problem === 'value' ? 'a value does not fit its column' : message || code || 'it broke';
  return new ConnectionError(problem, text, {
    ...(problem === 'value' ? {} : { cause: error }),
    ...(hint === undefined ? {} : { hint }),
  });
}
