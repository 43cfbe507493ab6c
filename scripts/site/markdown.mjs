import { posix } from 'node:path';
import hljs from 'highlight.js/lib/common';
import { anchorOf } from './anchors.mjs';
import { addressFrom } from './pages.mjs';

/** What fences call their languages, and what the highlighter does. */
const LANGUAGES = { console: 'shell', sh: 'bash', toml: 'ini', ts: 'typescript', js: 'javascript' };

/**
 * Has Markdown of the project rendered for the site: headings have anchors, links lead to its pages, nothing has a style of its own.
 * @param {import('markdown-it')} md Eleventy's, whose environment has `source`, the file of the page
 * @param {ReadonlyMap<string, string>} paths of the site, by the files they are made of: pages and pictures
 */
export function amendMarkdown(md, paths) {
  md.set({ highlight: highlighted });
  md.core.ruler.push('datamaker', (state) => {
    const { source } = state.env;
    const seen = new Map();
    for (const [index, token] of state.tokens.entries()) {
      if (token.type === 'heading_open') token.attrSet('id', unique(seen, anchorOf(state.tokens[index + 1].content)));
      // An alignment comes as a style, which the policy of the page refuses.
      const align = /^text-align:(\w+)$/.exec(token.attrGet('style') ?? '')?.[1];
      if (align !== undefined) {
        token.attrs = token.attrs.filter(([name]) => name !== 'style');
        token.attrJoin('class', align);
      }
      for (const child of token.children ?? []) relink(child, source, paths);
    }
    dropDeadLinks(state.tokens);
  });
}

/** @param {string} code @param {string} language */
function highlighted(code, language) {
  const known = LANGUAGES[language] ?? language;
  return hljs.getLanguage(known) === undefined ? '' : hljs.highlight(code, { language: known }).value;
}

/** Headings of one text are told apart by numbers, as GitHub does. */
function unique(seen, anchor) {
  const times = seen.get(anchor) ?? 0;
  seen.set(anchor, times + 1);
  return times === 0 ? anchor : `${anchor}-${times}`;
}

function relink(token, source, paths) {
  const name = { link_open: 'href', image: 'src' }[token.type];
  if (name === undefined) return;
  const [file = '', anchor] = (token.attrGet(name) ?? '').split('#');
  if (/^[a-z]+:/.test(file) || file === '') return;
  const target = posix.join(posix.dirname(source), decodeURI(file)).replace(/\/$/, '');
  const path = paths.get(target) ?? paths.get(`${target}/README.md`);
  if (path === undefined) {
    token.meta = { dead: true };
    token.attrSet(name, target);
    return;
  }
  token.attrSet(name, addressFrom(paths.get(source) ?? '', path) + (anchor === undefined ? '' : `#${anchor}`));
}

/** Files of the checkout that are not pages, such as sources, are named, and not linked. */
function dropDeadLinks(tokens) {
  for (const { children } of tokens) {
    let dead = false;
    for (const child of children ?? []) {
      if (child.type === 'link_open' && child.meta?.dead) {
        dead = true;
        child.tag = 'span';
        child.attrs = [['title', child.attrGet('href')]];
      } else if (child.type === 'link_close' && dead) {
        dead = false;
        child.tag = 'span';
      }
    }
  }
}
