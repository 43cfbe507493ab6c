import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../packages/cli/src/testing/run-datamaker.ts';
import { ROOT } from './read-page.ts';
import { type PageRun, runPage } from './run-page.ts';

const CUSTOMER = `cat > customer.json <<'EOF'
{ "fields": [{ "name": "id", "type": "sequence" }, { "name": "email", "type": "email" }] }
EOF`;

/** Pages that need nothing but the program, with what a reader has before. */
const PAGES: Readonly<Record<string, PageRun>> = {
  'repeat-and-split': { before: CUSTOMER },
  'keys-of-secrets': {},
  'migrate-from-faker': { saved: ['calls.json'] },
  'migrate-from-mockaroo': { saved: ['users.schema.json'] },
  'mask-rows': {
    saved: ['policy.json'],
    before: `cat > customers.csv <<'EOF'
customer_id,email,full_name,iban,date_of_birth,contacts[*].phone,country
1,ada@example.com,Ada Muster,DE89370400440532013000,1990-04-01,+49 30 901820,DE
EOF`,
  },
};

it.each(Object.entries(PAGES))('%s does what it shows', (name, run) => runPage(`docs/how-to/${name}.md`, run));

it.each([
  ['prints something else', '$ echo 2\n1', "to be '1'"],
  ['fails', '$ false', "to be '0'"],
  ['answers an error', `$ echo '{"error": {"code": "not_found"}}'`, 'not to match'],
  ['is never come to', '$ echo 1\n1\n$ exit 0\n$ echo 2\n2', 'to be 8'],
])('notices a command that %s', async (_, block, why) => {
  const page = join(temporaryFolder(), 'page.md');
  writeFileSync(page, `\`\`\`console\n${block}\n\`\`\`\n`);
  await expect(runPage(relative(ROOT, page))).rejects.toThrow(why);
});
