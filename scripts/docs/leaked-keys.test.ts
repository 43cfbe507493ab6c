import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RE2JS } from 're2js';
import { expect, it } from 'vitest';
import { newApiKey } from '../../packages/server/src/security/api-key.ts';
import { newDatagenKey } from '../../packages/server/src/security/datagen-key.ts';
import { ROLES } from '../../packages/server/src/security/permissions.ts';
import { newToken } from '../../packages/server/src/security/token.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(new URL('docs/how-to/find-leaked-keys.md', `file://${root}`), 'utf8');
/** Compiled as scanners compile them. */
const rules = [...page.matchAll(/^regex = '''(.+)'''$/gm)].map(([, expression = '']) => RE2JS.compile(expression));
const EACH = 2500;

const MAKERS: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(ROLES.map((role) => [`key of a ${role}`, () => newApiKey(role)])),
  'free key': () => newDatagenKey('free'),
  'paid key': () => newDatagenKey('enterprise'),
  invite: () => newToken('invite'),
  session: () => newToken('session'),
};

it.each(Object.keys(MAKERS))(
  'the expressions of the page find every %s, whole, in a line of something else',
  (kind) => {
    const missed: string[] = [];
    for (let made = 0; made < EACH; made++) {
      const key = MAKERS[kind]?.() ?? '';
      const found = rules.filter((rule) => {
        const matcher = rule.matcher(`const key = "${key}"; // canary`);
        return matcher.find() && matcher.group() === key;
      });
      if (found.length !== 1) missed.push(key);
    }
    expect(missed).toEqual([]);
  },
);

it('the expressions of the page find nothing in the sources of this project', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
  expect(files.length).toBeGreaterThan(500);
  const found: string[] = [];
  for (const file of files) {
    const text = readFileSync(`${root}${file}`, 'latin1');
    // The keywords of the rules, which scanners look for first.
    if (!/dm[kis]_|datagen-/i.test(text)) continue;
    for (const rule of rules) {
      const matcher = rule.matcher(text);
      while (matcher.find()) found.push(`${file}: ${matcher.group()}`);
    }
  }
  expect(found).toEqual([]);
});

it('the program of the page knows keys from look-alikes', async () => {
  const source = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const { isKey } = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
    isKey: (text: string) => boolean;
  };
  for (let made = 0; made < 1000; made++) {
    const key = newApiKey('member');
    expect(isKey(key)).toBe(true);
    const at = 11 + (made % 48);
    expect(isKey(key.slice(0, at) + (key[at] === '0' ? '1' : '0') + key.slice(at + 1))).toBe(false);
  }
});
