import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from './commands/index.ts';
import { shell, temporaryFolder, writeTemplate } from './testing/run-datamaker.ts';

const DOCS = fileURLToPath(new URL('../../../docs/', import.meta.url));
const PAGE = `${DOCS}reference/cli.md`;

/** The template of the page's example of an error. */
const CUSTOMER = `{
  "fields": [
    { "name": "id", "type": "sequence" },
    { "name": "email", "type": "emial" },
    { "name": "age", "type": "number", "options": { "min": 100, "max": 18 } }
  ]
}
`;

/** The tables of the page on importing. */
const SHOP = `CREATE TABLE customers (
  id bigserial PRIMARY KEY,
  email varchar(80) NOT NULL UNIQUE,
  full_name varchar(60) NOT NULL,
  birth_date date,
  tier text CHECK (tier IN ('gold', 'silver')),
  tags text[]
);
CREATE TABLE orders (
  id uuid PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers (id),
  total numeric(8,2) NOT NULL CHECK (total >= 5 AND total <= 500),
  CHECK (total > 0 OR customer_id < 10)
);
`;

/** The rows of the page on inference. */
const GUESTS = `guest_id,full_name,email,nights,check_in,status
1,Ada Muster,ada@example.com,3,2026-03-01,confirmed
2,Ben Beispiel,ben@example.com,1,2026-03-04,cancelled
3,Cem Vorbild,cem@example.com,7,2026-03-09,confirmed
`;

/** Pages whose commands work on the data of a server that has been started once. */
const ON_DATA = new Set(['how-to/back-up-and-restore.md']);

/** A page may start a database several times. */
const STARTS_MS = 180_000;

const FIRST_START = `export DATABASE_URL= DATAMAKER_DATA_DIR=
  (start serve --port 0 > shown) & server=$!
  until grep -q 'ready at' shown; do kill -0 $server || exit 1; sleep 0.1; done
  kill $server; wait $server; rm shown`;

/** Replaces what stands below each `$ command` of the page by what the command prints. */
async function rewritten(page: string, onData: boolean): Promise<string> {
  const folder = temporaryFolder();
  if (onData) await shell(`cd ${folder}; ${FIRST_START}`);
  writeTemplate(folder, CUSTOMER, 'customer.json');
  writeTemplate(folder, SHOP, 'shop.sql');
  writeTemplate(folder, GUESTS, 'guests.csv');
  // The template that a page itself shows.
  const shown = /^```json\n([\s\S]*?)^```$/m.exec(page)?.[1];
  if (shown !== undefined) writeTemplate(folder, shown, 'order.json');
  const parts = page.split(/(?<=^```console\n\$ )(.*)\n([\s\S]*?)(?=^```$)/m);
  for (let index = 1; index < parts.length; index += 3) {
    const { stdout, stderr } = await shell(
      `cd ${folder}; export DATABASE_URL= DATAMAKER_DATA_DIR=; npx() { shift; datamaker "$@"; }; ${parts[index]}`,
    );
    parts[index + 1] = `\n${stdout}${stderr}`;
  }
  return parts.join('');
}

describe('docs', () => {
  it.each([
    'reference/cli.md',
    'how-to/import-a-schema.md',
    'how-to/infer-from-names.md',
    'how-to/make-wrong-rows.md',
    'how-to/profile-the-output.md',
    'how-to/pick-from-your-own-rows.md',
    'how-to/back-up-and-restore.md',
  ])(
    '%s shows what the program prints (run with DATAMAKER_UPDATE_DOCS=1 to write it anew)',
    async (file) => {
      const page = readFileSync(DOCS + file, 'utf8');
      const now = await rewritten(page, ON_DATA.has(file));
      if (process.env.DATAMAKER_UPDATE_DOCS === '1') writeFileSync(DOCS + file, now);
      else expect(page).toBe(now);
    },
    STARTS_MS,
  );

  it('show the help of every command', () => {
    const page = readFileSync(PAGE, 'utf8');
    for (const name of Object.keys(COMMANDS)) expect(page).toContain(`$ datamaker ${name} --help\n`);
  });
});
