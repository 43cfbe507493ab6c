import { ConnectionError, type ConnectionProblem } from '../connection-error.ts';
import problems from './data/problems.json' with { type: 'json' };

/** SQLCODEs, and SQLSTATEs and their classes (IBM, "Db2 messages"); codes go before states, whole states before classes. */
const CODES = problems.codes as Readonly<Record<string, ConnectionProblem>>;
const STATES = problems.states as Readonly<Record<string, ConnectionProblem>>;

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
  auth: 'check user and password, and what kind of authentication the server takes (options.authentication)',
  database: 'check the name of the database as the server calls it',
  permission: 'give the user the right, or use another one',
  busy: 'try again later',
};

interface Db2Error extends Error {
  readonly sqlcode?: number;
  readonly sqlstate?: string;
}

/**
 * What Db2 or its driver says, in the words of connections. Texts of the server are shown, and kept as the cause, only where they
 * hold no values: those of conversions and of triggers quote them.
 */
export function translateError(error: unknown): ConnectionError {
  if (error instanceof ConnectionError) return error;
  const { message = '', sqlcode, sqlstate = '' } = error as Db2Error;
  const state = /^[0-9A-Z]{5}$/.test(sqlstate) ? sqlstate : (/SQLSTATE=([0-9A-Z]{5})/.exec(message)?.[1] ?? '');
  const known =
    CODES[String(sqlcode)] ?? STATES[state] ?? STATES[state.slice(0, 3)] ?? STATES[state.slice(0, 2)] ?? 'protocol';
  // The forwarder was connected before the driver was asked: who listens has said nothing that the driver understands.
  const problem = sqlcode === -30081 && /selectFor(?:Recv|Connect)Timeout/.test(message) ? 'timeout' : known;
  const shown = `(${[`SQLCODE ${sqlcode ?? '?'}`, ...(state === '' ? [] : [`SQLSTATE ${state}`])].join(', ')})`;
  const hint = HINTS[problem];
  const more = hint === undefined ? {} : { hint };
  switch (problem) {
    case 'constraint':
      return new ConnectionError(problem, `${ruleOf(state, message)} ${shown}`, more);
    case 'value':
      return new ConnectionError(problem, `a value does not fit its column ${shown}`, more);
    case 'timeout':
      return new ConnectionError(problem, `the server did not answer in time ${shown}`, more);
    case 'broken':
      return new ConnectionError(problem, `the connection to the server broke ${shown}`, more);
    default: {
      if (!OPEN.includes(problem)) return new ConnectionError(problem, `the server refused it ${shown}`, more);
      const text = message.replace(/^(?:\[[^\]]*\] ?)*SQL\d+[NWC]\s+/, '').replace(/\s+SQLSTATE=\w{5}\s*$/s, '');
      return new ConnectionError(problem, `${text} ${shown}`, { cause: error, ...more });
    }
  }
}

function ruleOf(state: string, message: string): string {
  // SQL0545N … by the check constraint "S.T.CK"; SQL0530N … of the FOREIGN KEY "S.T.FK"; SQL0803N … constrains table "S.T" …
  const name = /(?:constraint|FOREIGN KEY|relationship)\s+"([^"\n]{1,390})"/i.exec(message)?.[1];
  const table = /table\s+"([^"\n]{1,260})"/i.exec(message)?.[1];
  if (state === '23502') return 'a row breaks the rule NOT NULL';
  if (state === '23505') return `a row breaks a unique key${table === undefined ? '' : ` in ${table}`}`;
  if (state.startsWith('23') && name !== undefined) return `a row breaks the rule ${name}`;
  return state.startsWith('23') || state === '21000' ? 'a row breaks a rule' : 'a trigger or a view refused a row';
}
