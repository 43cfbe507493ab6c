import MiniSearch from 'minisearch';
import { anchorOf } from './anchors.mjs';
import { SEARCH } from './browser/search-options.js';

/**
 * What the site is searched by: each part of a page that has a heading of its own.
 * @param {readonly import('./pages.mjs').Page[]} pages @returns {string} JSON that the page loads
 */
export function searchIndexOf(pages) {
  const index = new MiniSearch(SEARCH);
  for (const page of pages) {
    const parts = withoutFences(page.text).split(/^(?=#{1,4} )/m);
    const seen = new Set();
    for (const part of parts) {
      const heading = /^#{1,4} (.+)$/m.exec(part)?.[1] ?? page.title;
      const anchor = anchorOf(heading);
      const id = `${page.path}#${anchor}`;
      if (seen.has(id)) continue;
      seen.add(id);
      index.add({ id, title: page.title, heading: heading.replaceAll('`', ''), text: wordsOf(part) });
    }
  }
  return JSON.stringify(index);
}

/** A line of a fence that begins with # is no heading; what it holds is searched all the same. */
const withoutFences = (text) =>
  text.replaceAll(/^```[\s\S]*?^```$/gm, (fence) => fence.replaceAll(/^(```.*|#)/gm, ' '));

/** Text without marks, addresses and comments, each word once. */
const wordsOf = (text) =>
  [
    ...new Set(
      text
        .replaceAll(/<!--[\s\S]*?-->|\]\([^)]*\)/g, ' ')
        .replaceAll(/[|`*[\]]/g, ' ')
        .split(/\s+/),
    ),
  ].join(' ');
