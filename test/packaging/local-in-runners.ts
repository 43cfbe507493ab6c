import { readFileSync } from 'node:fs';

const PAGE = readFileSync(new URL('../../docs/how-to/test-fixtures.md', import.meta.url), 'utf8');

/** The code below a heading of the page on rows for tests. */
export const shown = (heading: string): string => {
  const [, code] = new RegExp(`^## ${heading}\n.*?^\`\`\`\\w+\n(.*?)^\`\`\``, 'ms').exec(PAGE) ?? [];
  if (code === undefined) throw new Error(`the page shows nothing below ${heading}`);
  return code;
};

/** Projects of somebody who tests with rows of local mode: what is to be installed, their files, and how they are run. */
export interface RunnerProject {
  readonly name: string;
  /** From npm. */
  readonly packages: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  /** What `npx` is told. */
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const CUSTOMER = `[{ name: 'id', type: 'sequence' }, { name: 'email', type: 'email' }]`;

/** What each test does: two rows, another test has others, and they are written down. */
const BODY = `
    const rows = await data.rows(customer, 2);
    expect(rows.map(({ id }) => id)).toEqual([1, 2]);
    expect((await data.row(customer)).id).toBe(3);
    appendFileSync('rows.jsonl', JSON.stringify([data.seed, rows]) + '\\n');`;

export const RUNNERS: readonly RunnerProject[] = [
  {
    name: 'Vitest',
    packages: ['vitest@5.1.1'],
    files: {
      'shop.test.js': `import { appendFileSync } from 'node:fs';
import { dataFixture } from '@datamaker/local/vitest';
import { test as base, expect } from 'vitest';
const test = base.extend(dataFixture);
const customer = ${CUSTOMER};
for (const name of ['one', 'two']) test(name, async ({ data }) => {${BODY}
});
`,
      'page.test.ts': shown('Vitest'),
    },
    command: ['vitest', 'run'],
  },
  {
    name: 'Jest',
    packages: ['jest@30.5.2'],
    files: {
      'shop.test.js': `import { appendFileSync } from 'node:fs';
import { useData } from '@datamaker/local/jest';
const data = useData();
const customer = ${CUSTOMER};
for (const name of ['one', 'two']) test(name, async () => {${BODY}
});
`,
      'page.test.js': shown('Jest'),
      'jest.config.js': 'export default { transform: {} };\n',
    },
    command: ['jest'],
    environment: { NODE_OPTIONS: '--experimental-vm-modules' },
  },
  {
    name: 'Playwright',
    packages: ['@playwright/test@1.65.1'],
    files: {
      'shop.spec.js': `import { appendFileSync } from 'node:fs';
import { dataFixture } from '@datamaker/local/playwright';
import { test as base, expect } from '@playwright/test';
const test = base.extend(dataFixture);
const customer = ${CUSTOMER};
for (const name of ['one', 'two']) test(name, async ({ data }) => {${BODY}
});
`,
      'page.spec.js': shown('Playwright'),
      'playwright.config.js': `const launchOptions = { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] };
export default { use: { launchOptions } };
`,
    },
    command: ['playwright', 'test'],
  },
];
