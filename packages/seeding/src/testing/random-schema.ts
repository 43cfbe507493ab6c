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

const COLUMNS = [
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
];

const shape: fc.Arbitrary<Shape> = fc.record({
  key: fc.constantFrom<KeyKind>('serial', 'identity', 'uuid', 'code', 'pair', 'parent', 'counted'),
  columns: fc.subarray(COLUMNS, { maxLength: 6 }),
  references: fc.array(fc.record({ to: fc.nat(20), isNullable: fc.boolean() }), { maxLength: 3 }),
  isTree: fc.boolean(),
  unique: fc.constantFrom('none', 'text', 'number', 'pair'),
});

/** Two to seven tables with keys of all kinds, trees, pairs, and a circle through keys that may be null. */
export const randomSchema: fc.Arbitrary<RandomSchema> = fc
  .record({ shapes: fc.array(shape, { minLength: 2, maxLength: 7 }), isCircle: fc.boolean() })
  .map(({ shapes, isCircle }) => {
    const types: string[] = [];
    const lines = shapes.map((one, i) => tableOf(one, i, types));
    const last = shapes.length - 1;
    const circle = isCircle ? [`ALTER TABLE t0 ADD COLUMN back ${types[last]} REFERENCES t${last} (id)`] : [];
    return { ddl: [...lines, ...circle].join(';\n'), tables: shapes.map((_, i) => `t${i}`) };
  });

function tableOf({ key, columns, references, isTree, unique }: Shape, index: number, types: string[]): string {
  const others = references.map(({ to, isNullable }) => ({ to: to % Math.max(1, index), isNullable }));
  const [first, second] = others;
  // Keys made of others need others.
  const kind = index === 0 && (key === 'pair' || key === 'parent' || key === 'counted') ? 'serial' : key;
  const parent = first?.to ?? 0;
  const parts: string[] = [];
  const keys: Record<KeyKind, [string, string]> = {
    serial: ['id serial PRIMARY KEY', 'int'],
    identity: ['id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY', 'bigint'],
    uuid: ['id uuid PRIMARY KEY', 'uuid'],
    code: ['id varchar(12) PRIMARY KEY', 'varchar(12)'],
    pair: [
      `id int UNIQUE NOT NULL, p1 ${types[parent]} REFERENCES t${parent} (id), p2 ${types[second?.to ?? 0]} REFERENCES t${second?.to ?? 0} (id), PRIMARY KEY (p1, p2)`,
      'int',
    ],
    parent: [`id ${types[parent]} PRIMARY KEY REFERENCES t${parent} (id)`, types[parent] ?? 'int'],
    counted: [
      `id int UNIQUE NOT NULL, p1 ${types[parent]} REFERENCES t${parent} (id), n smallint, PRIMARY KEY (p1, n)`,
      'int',
    ],
  };
  const [keyText, type] = keys[kind];
  types.push(type);
  parts.push(keyText, 'remark text', ...columns);
  if (index > 0) {
    for (const [i, { to, isNullable }] of others.entries()) {
      parts.push(
        `r${i} ${types[to]} ${isNullable ? '' : 'NOT NULL '}REFERENCES t${to} (id) ON DELETE ${isNullable ? 'SET NULL' : 'CASCADE'}`,
      );
    }
  }
  if (isTree) parts.push(`up ${type} REFERENCES t${index} (id)`);
  if (unique === 'text') parts.push('u text UNIQUE');
  if (unique === 'number') parts.push('u int UNIQUE NOT NULL');
  if (unique === 'pair') parts.push('u1 text NOT NULL, u2 boolean NOT NULL, UNIQUE (u1, u2)');
  return `CREATE TABLE t${index} (${parts.join(', ')})`;
}
