import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { anchorOf } from '../site/anchors.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

const anchors = new Map<string, ReadonlySet<string>>();

/** The anchors of a page, as GitHub makes them from its headings: one of the same text again has a number. */
function anchorsOf(path: string): ReadonlySet<string> {
  const known = anchors.get(path);
  if (known !== undefined) return known;
  const found = new Set<string>();
  for (const [, heading = ''] of withoutCode(readFileSync(path, 'utf8')).matchAll(/^#{1,6} (.+)$/gm)) {
    const anchor = anchorOf(heading);
    let times = 0;
    while (found.has(times === 0 ? anchor : `${anchor}-${times}`)) times++;
    found.add(times === 0 ? anchor : `${anchor}-${times}`);
  }
  anchors.set(path, found);
  return found;
}

const withoutCode = (page: string): string => page.replaceAll(/^```[\s\S]*?^```/gm, '');

/** Links of a page to files or anchors that are not there. */
function deadLinks(path: string, page: string): string[] {
  const targets = [...withoutCode(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [file = '', anchor] = target.split('#');
    const full = file === '' ? path : join(dirname(path), file);
    if (!existsSync(full)) return true;
    return anchor !== undefined && !anchorsOf(full).has(anchor);
  });
}

const pages = globSync(['*.md', 'docs/**/*.md', 'packages/*/*.md', 'scripts/**/*.md', 'examples/**/*.md'], {
  cwd: root,
});

it.each(pages)('%s has no dead links within the project', (page) => {
  const path = join(root, page);
  expect(deadLinks(path, readFileSync(path, 'utf8'))).toEqual([]);
});

it('notices a link to a file or a heading that is not there', () => {
  const path = join(root, 'README.md');
  expect(deadLinks(path, '[a](LICENSE) [b](nowhere.md) [c](GLOSSARY.md#nothing) [d](GLOSSARY.md#glossary)')).toEqual([
    'nowhere.md',
    'GLOSSARY.md#nothing',
  ]);
});

/** Pages of docs that a page does not lead to. */
function unlisted(index: string, folder: string): string[] {
  const targets = [...readFileSync(join(root, index), 'utf8').matchAll(/\]\(([^)#\s]+)/g)].map(([, target = '']) =>
    join(dirname(index), target),
  );
  return globSync(`${folder}/**/*.md`, { cwd: root }).filter((page) => page !== index && !targets.includes(page));
}

it('docs/README.md leads to every page, and the list of decisions to every decision', () => {
  expect(unlisted('docs/README.md', 'docs').filter((page) => !page.startsWith('docs/adr/'))).toEqual([]);
  expect(unlisted('docs/adr/README.md', 'docs/adr')).toEqual([]);
});

it('notices pages that no list leads to', () => {
  expect(unlisted('docs/adr/README.md', 'docs/explanation')).toContain('docs/explanation/sandbox.md');
});
