import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EXECUTED } from './executed.ts';
import { fencesOf, ROOT, readPage } from './read-page.ts';

/** Languages in which somebody is told to do something: all of it is run, or says why not. */
const RUN = new Set(['console', 'sh', 'bash', 'python', 'js', 'ts', 'sql']);
/** What is shown: output, and documents that other blocks use. */
const SHOWN = new Set(['json', 'csv', 'text', 'toml', 'yaml', 'xml']);

const pages = ['README.md', ...globSync(['docs/tutorial/*.md', 'docs/how-to/*.md'], { cwd: ROOT }).sort()];

/** Blocks that nothing runs, and comments that say so of what is run. */
function unaccounted(path: string, page: string): string[] {
  const { languages = [] } = EXECUTED[path] ?? {};
  return fencesOf(page).flatMap(({ language, line, notRun }) => {
    const at = `${path}:${line} (${language})`;
    if (!RUN.has(language)) return SHOWN.has(language) ? [] : [`${at}: which language is it?`];
    if (languages.includes(language) && notRun === undefined) return [];
    if (notRun === undefined) return [`${at}: no test runs it, and no comment says why`];
    return notRun.trim().length < 10 ? [`${at}: the reason is missing`] : [];
  });
}

it.each(pages)('every block of %s is run by a test, or says why not', (path) => {
  expect(unaccounted(path, readPage(path))).toEqual([]);
});

it.each(Object.entries(EXECUTED))('the test that runs %s is there, and knows it', (path, { by, languages }) => {
  expect(existsSync(ROOT + path)).toBe(true);
  const name = path
    .replace(/^docs\//, '')
    .replace(/^(how-to|tutorial)\//, '')
    .replace(/\.md$/, '');
  expect(readFileSync(ROOT + by, 'utf8')).toContain(name);
  const used = new Set(fencesOf(readPage(path)).map(({ language }) => language));
  expect(languages.filter((language) => !used.has(language))).toEqual([]);
});

it('notices blocks that nobody runs', () => {
  const page = [
    '```console\n$ rm nothing\n```',
    '<!-- not run: it needs a cluster of Kubernetes -->\n\n```sh\nkubectl get pods\n```',
    '<!-- not run: no -->\n```sh\ntrue\n```',
    '```json\n{}\n```',
    '```perl\n1\n```',
  ].join('\n\n');
  expect(unaccounted('docs/how-to/none.md', page)).toEqual([
    'docs/how-to/none.md:1 (console): no test runs it, and no comment says why',
    'docs/how-to/none.md:12 (sh): the reason is missing',
    'docs/how-to/none.md:20 (perl): which language is it?',
  ]);
});
