import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The anchors of a page as GitHub makes them from its headings. */
function anchorsOf(page: string): string[] {
  const headings = [...withoutCode(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, text = '']) => text);
  return headings.map((text) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
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
    return anchor !== undefined && !anchorsOf(readFileSync(full, 'utf8')).includes(anchor);
  });
}

const pages = globSync(['*.md', 'docs/**/*.md', 'packages/*/*.md', 'scripts/**/*.md'], { cwd: root });

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
