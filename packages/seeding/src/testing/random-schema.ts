import fc from 'fast-check';

export interface RandomSchema {
  readonly ddl: string;
  readonly tables: readonly string[];
}

type KeyKind = 'serial' | 'identity' | 'uuid' | 'code' | 'pair' | 'parent' | 'counted';

interface Shape {
  readonly key: KeyKind;
  readonly columns: readonly string[];
  /** By distance to the table that is referred to, in the list of all. */
  readonly references: readonly { readonly to: number; readonly isNullable: boolean }[];
  readonly isTree: boolean;
  readonly unique: 'none' | 'text' | 'number' | 'pair';
}

/** What systems call otherwise. */
export interface SchemaWords {
  readonly serial: string;
  /** The column, and the type of what refers to it. */
  readonly identity: readonly [string, string];
  readonly uniqueText: string;
  readonly columns: readonly string[];
}

export const POSTGRES_WORDS: SchemaWords = {
  serial: 'serial',
  identity: ['bigint GENERATED ALWAYS AS IDENTITY', 'bigint'],
  uniqueText: 'text',
  columns: [
    'name text NOT NULL',
    'email varchar(80)',
    'price numeric(8, 2) CHECK (price >= 0)',
    "state text NOT NULL CHECK (state IN ('new', 'old', 'gone'))",
    'started timestamptz',
    'born date NOT NULL',
    'is_on boolean',
    'ratio real',
    'size double precision',
    'info jsonb NOT NULL',
    'low int, high int, CHECK (low <= high)',
    'code char(6)',
    'blob bytea',
    'at_time time(0)',
    'exact timestamp(0) NOT NULL',
    'small smallint',
    'big bigint',
    'tags text[]',
    'total int GENERATED ALWAYS AS (1 + 1) STORED',
    'made timestamptz NOT NULL DEFAULT now()',
    'amount numeric CHECK (amount IS NULL OR (amount > 10 AND amount < 20))',
  ],
};

/** Of MariaDB; what MySQL 8 calls otherwise is not among it. */
export const MYSQL_WORDS: SchemaWords = {
  serial: 'int AUTO_INCREMENT',
  identity: ['bigint unsigned AUTO_INCREMENT', 'bigint unsigned'],
  uniqueText: 'varchar(60)',
  columns: [
    'name varchar(40) NOT NULL',
    'email varchar(80)',
    'price decimal(8, 2) CHECK (price >= 0)',
    "state varchar(10) NOT NULL CHECK (state IN ('new', 'old', 'gone'))",
    'started timestamp NULL',
    'born date NOT NULL',
    'is_on boolean',
    'ratio float',
    'size double',
    'info json NOT NULL',
    'low int, high int, CHECK (low <= high)',
    'code char(6)',
    '`blob` blob',
    'at_time time',
    'exact datetime NOT NULL',
    'small smallint unsigned',
    'big bigint',
    "tags set('a', 'b', 'c')",
    'total int GENERATED ALWAYS AS (1 + 1) STORED',
    'made timestamp NOT NULL DEFAULT now()',
    'amount decimal(10, 3) CHECK (amount IS NULL OR (amount > 10 AND amount < 20))',
    "level enum('low', 'high') NOT NULL",
    'since year',
    'flags bit(5)',
    'measure double(8, 3)',
    'tiny tinyint unsigned zerofill',
    'medium mediumint NOT NULL',
    'exact_ms datetime(3)',
    'place point',
    'digest varbinary(20) NOT NULL',
    'digest16 binary(16)',
    'address inet6',
    "zip varchar(10) CHECK (zip REGEXP '^[0-9]{5}$')",
    'title varchar(40) NOT NULL CHECK (char_length(title) BETWEEN 3 AND 12)',
    'price_float float(7, 2) unsigned',
    'note mediumtext CHARACTER SET latin1',
  ],
};

const shapes = (columns: readonly string[]): fc.Arbitrary<Shape> =>
  fc.record({
    key: fc.constantFrom<KeyKind>('serial', 'identity', 'uuid', 'code', 'pair', 'parent', 'counted'),
    columns: fc.subarray([...columns], { maxLength: 6 }),
    references: fc.array(fc.record({ to: fc.nat(20), isNullable: fc.boolean() }), { maxLength: 3 }),
    isTree: fc.boolean(),
    unique: fc.constantFrom('none', 'text', 'number', 'pair'),
  });

/** Two to seven tables with keys of all kinds, trees, pairs, and a circle through keys that may be null. */
export const randomSchema = (words: SchemaWords = POSTGRES_WORDS): fc.Arbitrary<RandomSchema> =>
  fc
    .record({ shapes: fc.array(shapes(words.columns), { minLength: 2, maxLength: 7 }), isCircle: fc.boolean() })
    .map(({ shapes, isCircle }) => {
      const types: string[] = [];
      const lines = shapes.map((one, i) => tableOf(one, i, types, words));
      const last = shapes.length - 1;
      const circle = isCircle
        ? [`ALTER TABLE t0 ADD COLUMN back ${types[last]}, ADD FOREIGN KEY (back) REFERENCES t${last} (id)`]
        : [];
      return { ddl: [...lines, ...circle].join(';\n'), tables: shapes.map((_, i) => `t${i}`) };
    });

function tableOf(
  { key, columns, references, isTree, unique }: Shape,
  index: number,
  types: string[],
  words: SchemaWords,
): string {
  const others = references.map(({ to, isNullable }) => ({ to: to % Math.max(1, index), isNullable }));
  const [first, second] = others;
  // Keys made of others need others.
  const kind = index === 0 && (key === 'pair' || key === 'parent' || key === 'counted') ? 'serial' : key;
  const parent = first?.to ?? 0;
  const parts: string[] = [];
  const keys: Record<KeyKind, [string, string]> = {
    serial: [`id ${words.serial} PRIMARY KEY`, 'int'],
    identity: [`id ${words.identity[0]} PRIMARY KEY`, words.identity[1]],
    uuid: ['id uuid PRIMARY KEY', 'uuid'],
    code: ['id varchar(12) PRIMARY KEY', 'varchar(12)'],
    pair: [
      `id int UNIQUE NOT NULL, p1 ${types[parent]}, p2 ${types[second?.to ?? 0]}, PRIMARY KEY (p1, p2), ${foreign('p1', parent)}, ${foreign('p2', second?.to ?? 0)}`,
      'int',
    ],
    parent: [`id ${types[parent]} PRIMARY KEY, ${foreign('id', parent)}`, types[parent] ?? 'int'],
    counted: [
      `id int UNIQUE NOT NULL, p1 ${types[parent]}, n smallint, PRIMARY KEY (p1, n), ${foreign('p1', parent)}`,
      'int',
    ],
  };
  const [keyText, type] = keys[kind];
  types.push(type);
  parts.push(keyText, 'remark text', ...columns);
  if (index > 0) {
    for (const [i, { to, isNullable }] of others.entries()) {
      parts.push(
        `r${i} ${types[to]}${isNullable ? '' : ' NOT NULL'}, ${foreign(`r${i}`, to)} ON DELETE ${isNullable ? 'SET NULL' : 'CASCADE'}`,
      );
    }
  }
  if (isTree) parts.push(`up ${type}, ${foreign('up', index)}`);
  if (unique === 'text') parts.push(`u ${words.uniqueText} UNIQUE`);
  if (unique === 'number') parts.push('u int UNIQUE NOT NULL');
  if (unique === 'pair') parts.push(`u1 ${words.uniqueText} NOT NULL, u2 boolean NOT NULL, UNIQUE (u1, u2)`);
  return `CREATE TABLE t${index} (${parts.join(', ')})`;
}

const foreign = (column: string, to: number): string => `FOREIGN KEY (${column}) REFERENCES t${to} (id)`;
