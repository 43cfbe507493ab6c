/** What statements need to know of a server. */
export interface ServerFacts {
  /** As `VERSION()` says it: `10.11.6-MariaDB`, `8.4.3`. */
  readonly version: string;
  readonly isMariaDb: boolean;
  /** Whether `INSERT … RETURNING` is there: in MariaDB from 10.5 on, in MySQL not at all. */
  readonly hasReturning: boolean;
  /** For `KILL QUERY`. */
  readonly connectionId: string;
  /** Most bytes of a statement. */
  readonly maxPacket: number;
  /** How far numbers of AUTO_INCREMENT are apart. */
  readonly increment: bigint;
  /** Whether names of tables count capitals. */
  readonly namesAreExact: boolean;
}

export const FACTS = `SELECT VERSION(), CONNECTION_ID(), @@max_allowed_packet, @@auto_increment_increment, @@lower_case_table_names`;

/** @param row what `FACTS` gave, as text */
export function serverFacts(row: readonly string[]): ServerFacts {
  const [version = '', connectionId = '', maxPacket = '', increment = '', lowerCase = ''] = row;
  const isMariaDb = /mariadb/i.test(version);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return {
    version,
    isMariaDb,
    hasReturning: isMariaDb && (major > 10 || (major === 10 && minor >= 5)),
    connectionId,
    maxPacket: Number(maxPacket),
    increment: BigInt(increment),
    namesAreExact: lowerCase === '0',
  };
}
