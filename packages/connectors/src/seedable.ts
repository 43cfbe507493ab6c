import type { ConnectionType } from './connector.ts';

/** A system whose databases are filled as a whole, taken back, and copied with masks. */
export interface Seedable {
  readonly type: ConnectionType;
  /** What people call it. */
  readonly label: string;
  /** Schemes of its URLs; the first is the usual one. */
  readonly protocols: readonly [string, ...string[]];
  /** The variable in which its own programs look for a password. */
  readonly passwordVariable: string;
  /** A URL to show. */
  readonly example: string;
}

/** Those that were filled and cleared again in tests, schema after schema. */
export const SEEDABLE: readonly Seedable[] = [
  {
    type: 'postgres',
    label: 'PostgreSQL',
    protocols: ['postgres:', 'postgresql:'],
    passwordVariable: 'PGPASSWORD',
    example: 'postgres://user@host:5432/database',
  },
  {
    type: 'mysql',
    label: 'MySQL and MariaDB',
    protocols: ['mysql:', 'mariadb:'],
    passwordVariable: 'MYSQL_PWD',
    example: 'mysql://user@host:3306/database',
  },
];
