import { ConnectionError, type ConnectionProblem } from '../connection-error.ts';
import { heldByOthers } from '../sql/held-by-others.ts';

/** Numbers of errors (MySQL "Server Error Message Reference", MariaDB "MariaDB Error Codes"), and what they are to a connection. */
const PROBLEMS: Readonly<Partial<Record<ConnectionProblem, readonly number[]>>> = {
  auth: [1045, 1130, 1251, 1275, 1524, 1698, 1820, 1862, 3118, 4151],
  permission: [1044, 1142, 1143, 1227, 1370, 1419],
  database: [1008, 1049],
  not_found: [1054, 1109, 1146],
  read_only: [1290, 1792, 1836],
  // 1365: the guard of `onDuplicate`; 1644: SIGNAL in a trigger.
  constraint: [
    1022, 1048, 1062, 1169, 1216, 1217, 1364, 1365, 1369, 1451, 1452, 1526, 1557, 1586, 1644, 1748, 3819, 4025,
  ],
  value: [1118, 1153, 1264, 1265, 1292, 1366, 1367, 1406, 1411, 1416, 1425, 1525, 1690, 1906, 3105, 3140, 3141, 3150],
  busy: [1021, 1037, 1038, 1040, 1041, 1114, 1129, 1203, 1205, 1213, 1226],
  // The server takes encrypted connections only.
  tls: [3159],
  timeout: [1317, 1969, 3024],
  broken: [1053, 1152, 1154, 1155, 1156, 1157, 1158, 1159, 1160, 1161, 1184, 1927, 4031],
};

const PROBLEM_OF = new Map(
  Object.entries(PROBLEMS).flatMap(([problem, numbers]) =>
    numbers.map((number) => [number, problem as ConnectionProblem] as const),
  ),
);

/** Classes of SQLSTATE, for numbers that are not above. */
const CLASSES: Readonly<Record<string, ConnectionProblem>> = {
  '08': 'broken',
  '22': 'value',
  '23': 'constraint',
  '28': 'auth',
  '45': 'constraint',
};

/** Problems whose texts name what there is in the database and never a value of a row. */
const OPEN: ReadonlySet<ConnectionProblem> = new Set([
  'auth',
  'permission',
  'database',
  'not_found',
  'read_only',
  'tls',
  'busy',
  'timeout',
  'broken',
]);

const HINTS: Partial<Record<ConnectionProblem, string>> = {
  auth: 'check user and password, and whether the server lets this user in from here',
  database: 'check the name of the database; on most servers it counts capitals',
  permission: 'give the user the right, or use another one',
  busy: 'try again, or give the server more room',
  tls: 'add the certificate of the authority to the connection, or use the mode of TLS that the server offers',
};

interface MysqlError extends Error {
  readonly code?: string;
  readonly errno?: number;
  readonly sqlState?: string;
}

/**
 * What a server of MySQL or MariaDB, or the driver, says, in the words of connections. The driver's error holds the statement
 * with all values in it, so it is never kept as the cause; texts of the server are shown only where they hold no values.
 */
export function translateError(error: unknown): ConnectionError {
  if (error instanceof ConnectionError) return error;
  const { code = '', message = '', errno, sqlState = '' } = error as MysqlError;
  if (typeof errno !== 'number') return ofDriver(code, message);
  const problem = PROBLEM_OF.get(errno) ?? CLASSES[sqlState.slice(0, 2)] ?? 'protocol';
  const number = `(error ${errno})`;
  const hint = HINTS[problem];
  const said = hint === undefined ? {} : { hint };
  if (errno === 1205) return heldByOthers(number);
  if (problem === 'constraint') return new ConnectionError(problem, `${ruleOf(errno, message)} ${number}`, said);
  if (problem === 'value') return new ConnectionError(problem, `${placeOf(errno, message)} ${number}`, said);
  if (OPEN.has(problem)) return new ConnectionError(problem, `${message} ${number}`, said);
  const line = /at line \d+$/.exec(message)?.[0];
  // The rest quotes what was sent.
  const what =
    errno === 1064 ? `the server does not understand the statement${line === undefined ? '' : ` ${line}`}` : '';
  return new ConnectionError(problem, `${what || 'the server refused it'} ${number}`, said);
}

/** Names stand at the end, behind values or in front of what is fixed. */
function ruleOf(errno: number, message: string): string {
  const key = /for key '([^']*)'$/.exec(message)?.[1];
  if (key !== undefined) return `a row breaks the rule ${key}: its key is there already`;
  const rule =
    /CONSTRAINT `((?:[^`]|``)+)`/.exec(message)?.[1] ?? /^Check constraint '([^']*)' is violated/.exec(message)?.[1];
  if (rule !== undefined && [1216, 1217, 1451, 1452, 3819, 4025].includes(errno))
    return `a row breaks the rule ${rule}`;
  const column = /^(?:Column|Field) '([^']*)'/.exec(message)?.[1];
  if (column !== undefined) return `a row breaks the rule NOT NULL in ${column}`;
  if (errno === 1365)
    return 'a row is the same as one that is there, in another key than the one that tells rows apart';
  return errno === 1644 ? 'a trigger refused a row' : 'a row breaks a rule';
}

function placeOf(errno: number, message: string): string {
  const column = /for column (?:`[^`]*`\.`[^`]*`\.)?[`']([^`']*)[`'](?: at row \d+)?$/.exec(message)?.[1];
  if (column !== undefined) return `a value does not fit in ${column}`;
  if (errno === 1153) return 'a row is larger than the server takes at once (max_allowed_packet)';
  return 'a value does not fit';
}

/** What the driver and Node say of connections, by code and text. */
const OF_DRIVER: readonly (readonly [RegExp, ConnectionProblem])[] = [
  [/AUTH_SWITCH_PLUGIN_ERROR|MYSQL_CLEAR_PASSWORD_NOT_ENABLED/, 'auth'],
  [/timeout|ETIMEDOUT/i, 'timeout'],
  [/CERT|SSL|TLS|UNABLE_TO_VERIFY|SELF_SIGNED|EPROTO|wrong version number|unsupported protocol/i, 'tls'],
  [/LOCAL INFILE|HANDSHAKE_UNKNOWN|PROTOCOL_(?!CONNECTION_LOST)/, 'protocol'],
];

function ofDriver(code: string, message: string): ConnectionError {
  const problem = OF_DRIVER.find(([pattern]) => pattern.test(`${code} ${message}`))?.[1] ?? 'broken';
  const hint = HINTS[problem];
  const said = hint === undefined ? {} : { hint };
  if (problem === 'protocol') return new ConnectionError(problem, 'the server answered out of turn', said);
  if (problem !== 'auth') return new ConnectionError(problem, message || code || 'it broke', said);
  const plugin = /unknown plugin ([\w-]{1,64})/.exec(message)?.[1];
  return plugin === undefined
    ? new ConnectionError(
        problem,
        'the server asks for the password in a way that this connection does not allow',
        said,
      )
    : new ConnectionError(problem, `the server lets this user in by ${plugin}, which the driver does not know`, said);
}
