import { it } from 'vitest';
import { type PageRun, runPage } from './run-page.ts';

const CUSTOMER = `cat > customer.json <<'EOF'
{ "fields": [{ "name": "id", "type": "sequence" }, { "name": "email", "type": "email" }] }
EOF`;

/** Pages that need nothing but the program, with what a reader has before. */
const PAGES: Readonly<Record<string, PageRun>> = {
  'repeat-and-split': { before: CUSTOMER },
  'keys-of-secrets': {},
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
