import { globSync, readFileSync } from 'node:fs';
import { basename, posix } from 'node:path';
import { at, root } from '../lib/workspace.mjs';

/** Pages at the root of the checkout: they get a folder of their own. */
const OF_PROJECT = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'GLOSSARY.md', 'SECURITY.md', 'CHANGELOG.md'];

/** Folders, in the order of the navigation, and what they are called there. */
const SECTIONS = [
  ['tutorial', 'Tutorial'],
  ['how-to', 'How to'],
  ['reference', 'Reference'],
  ['explanation', 'Explanation'],
  ['examples/scenarios', 'Examples'],
  ['adr', 'Decisions'],
  ['project', 'Project'],
];

/**
 * A page of the site.
 * @typedef {object} Page
 * @property {string} source its file, from the root of the checkout
 * @property {string} path where it is on the site, such as `how-to/chat.html`
 * @property {string} title its first heading, without Markdown
 * @property {string} text its Markdown
 */

/** @returns {Page[]} all pages, those of a folder by their names */
export function pagesOfSite() {
  const found = globSync(['docs/**/*.md', 'examples/**/*.md'], { cwd: root }).map((one) => one.replaceAll('\\', '/'));
  const sources = [...found.sort(), ...OF_PROJECT];
  return sources.map((source) => {
    const text = readFileSync(at(source), 'utf8');
    const title = (/^# (.+)$/m.exec(text)?.[1] ?? basename(source, '.md')).replaceAll('`', '');
    return { source, path: pathOf(source), title, text };
  });
}

/** @param {string} source */
function pathOf(source) {
  const below = source.includes('/') ? source.replace(/^docs\//, '') : `project/${source.toLowerCase()}`;
  return below.replace(/README\.md$/, 'index.md').replace(/md$/, 'html');
}

/**
 * The navigation: folders, with their pages in the order in which docs/README.md names them, and decisions by their numbers.
 * @param {readonly Page[]} pages @returns {{ name: string, pages: Page[] }[]}
 */
export function navigationOf(pages) {
  const named = [...(pages.find(({ path }) => path === 'index.html')?.text.matchAll(/\]\(([^)#]+)\)/g) ?? [])].map(
    ([, target = '']) => posix.join('docs', target),
  );
  const place = ({ source }) => (named.includes(source) ? named.indexOf(source) : named.length);
  return SECTIONS.map(([folder, name]) => ({
    name,
    pages: pages
      .filter(({ path }) => posix.dirname(path) === folder)
      .sort((a, b) => (folder === 'adr' ? 0 : place(a) - place(b)) || Number(isIndex(b)) - Number(isIndex(a))),
  })).filter((section) => section.pages.length > 0);
}

const isIndex = ({ path }) => path.endsWith('index.html');

/**
 * From one page to another, as a relative address: the site works below any path.
 * @param {string} from path of the page @param {string} to path of what it leads to
 */
export const addressFrom = (from, to) => posix.relative(posix.dirname(from), to);
