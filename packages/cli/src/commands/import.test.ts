import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { datamaker, shell, temporaryFolder } from '../testing/run-datamaker.ts';
import { together } from '../testing/together.ts';

const SHOP = `CREATE TABLE customers (
  id serial PRIMARY KEY,
  email varchar(100) NOT NULL,
  tags text[]
);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers (id));
`;

function shop(): { folder: string; path: string } {
  const folder = temporaryFolder();
  const path = join(folder, 'shop.sql');
  writeFileSync(path, SHOP);
  return { folder, path };
}

/** Words, and the code and the place that are told. */
const SLIPS: readonly [string[], string, string][] = [
  [['--kind', 'sql'], 'unknown_kind', '--kind'],
  [['--entity', 'nobody'], 'entity_not_found', '--entity'],
  [[], 'several_templates', '--out'],
  [['--entity', 'orders', '--out', 'nowhere/x.json'], 'folder_not_found', '--out'],
  [['--kind', 'edmx'], 'invalid_source', 'shop.sql'],
];

describe('datamaker import', () => {
  it('writes a template to stdout, and what it does not say to stderr', async () => {
    const { folder } = shop();
    const { code, stdout, stderr } = await shell(`cd ${folder}; datamaker import shop.sql --entity customers`);
    expect(code).toBe(0);
    expect(JSON.parse(stdout.toString())).toEqual({
      name: 'customers',
      fields: [
        { name: 'id', type: 'sequence' },
        { name: 'email', type: 'email' },
        { name: 'tags', type: 'constant', options: { value: '{}', null_percentage: 10 } },
      ],
    });
    expect(stderr).toBe(
      'shop.sql:4: customers.tags: no field type makes an array of SQL: it is always {} [type_not_supported]\n',
    );
  });

  it('gives templates that `generate` takes', async () => {
    const { folder } = shop();
    const script = `cd ${folder}; datamaker import shop.sql --entity orders | datamaker generate - -n 2 -f csv --seed a`;
    const { code, stdout } = await shell(script);
    expect(code).toBe(0);
    expect(stdout.toString()).toMatch(/^id,customer_id\n1,\d*\n2,\d*\n$/);
  });

  it('takes a sheet of a spreadsheet', async () => {
    const script = `cd ${temporaryFolder()}
      echo '{"fields": [{"name": "id", "type": "sequence"}, {"name": "email", "type": "email"}]}' > t.json
      datamaker generate t.json -n 300 -f xlsx -o t.xlsx --seed a
      datamaker import t.xlsx --entity sheet1 | datamaker generate - -n 1 --seed a -f csv | head -n 1
      datamaker import - < t.xlsx | datamaker generate - -n 1 --seed a -f csv | head -n 1
      datamaker import t.xlsx --entity Shet1`;
    const { code, stdout, stderr } = await shell(script);
    expect(stdout.toString()).toBe('id,email\nid,email\n');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('--entity: there is no sheet "Shet1" [entity_not_found]'),
    ]);
  });

  it('writes several templates to a folder, each to a file of its own', async () => {
    const { folder, path } = shop();
    mkdirSync(join(folder, 'out'));
    const ended = await datamaker(['import', path, '--out', `${join(folder, 'out')}/`]);
    expect(ended.code).toBe(0);
    expect(readdirSync(join(folder, 'out')).toSorted()).toEqual(['customers.json', 'orders.json']);
    expect(JSON.parse(readFileSync(join(folder, 'out/orders.json'), 'utf8'))).toMatchObject({ name: 'orders' });
  });

  it('does not let names in the source leave the folder or speak to the terminal', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'evil.sql');
    writeFileSync(path, 'CREATE TABLE "../../x\u001b[2J" (a int, CHECK (f(a)));');
    mkdirSync(join(folder, 'out'));
    const { code, stderr } = await datamaker(['import', path, '--out', `${join(folder, 'out')}/`]);
    expect(code).toBe(0);
    expect(readdirSync(join(folder, 'out'))).toEqual(['__.._x__2J.json']);
    expect(stderr).not.toContain('\u001b');
  });

  const refused = together(
    SLIPS.map(([words]) => ({ words: ['import', 'shop.sql', ...words], files: { 'shop.sql': SHOP } })),
  );
  it.each(SLIPS.map((row, index) => [...row, index] as const))(
    'ends in exit code 2 with a remedy for %j',
    (_words, code, place, index) => {
      const ended = refused(index);
      expect(ended).toMatchObject({ code: 2, stdout: Buffer.alloc(0) });
      expect(ended.stderr).toContain(`[${code}]`);
      expect(ended.stderr).toContain(place);
    },
  );

  it('refuses a file of 100 MB without reading it all', async () => {
    const { code, stderr } = await shell(
      'yes "CREATE TABLE t (a int);" | head -c 100000000 | datamaker import - --kind sql-ddl',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('[import_too_large]');
  });
});
