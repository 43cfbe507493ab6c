import { addressFrom } from './pages.mjs';

/**
 * A page of the site as HTML, without inline scripts and styles.
 * @param {object} what
 * @param {import('./pages.mjs').Page} what.page
 * @param {string} what.content its text as HTML
 * @param {{ name: string, pages: import('./pages.mjs').Page[] }[]} what.navigation
 * @param {{ style: string, theme: string, search: string, index: string }} what.assets paths on the site
 */
export function layout({ page, content, navigation, assets }) {
  const to = (path) => addressFrom(page.path, path);
  const title = page.path === 'index.html' ? 'DataMaker guide' : `${text(page.title)} · DataMaker guide`;
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${to(assets.style)}">
<script src="${to(assets.theme)}"></script>
<script type="module" src="${to(assets.search)}"></script>
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header>
<a class="name" href="${to('index.html')}">DataMaker guide</a>
<search><input id="search" type="search" placeholder="Search" aria-label="Search the guide" autocomplete="off" data-index="${to(assets.index)}" data-root="${to('') || '.'}"><ul id="found" hidden></ul><span id="said" aria-live="polite"></span></search>
<button id="theme" type="button" aria-label="Light or dark">◐</button>
</header>
<div class="columns">
<nav aria-label="Pages">
${navigation.map((section) => folded(section, page, to)).join('\n')}
</nav>
<main id="content">
${content}</main>
</div>
</body>
</html>
`;
}

function folded({ name, pages }, current, to) {
  const items = pages.map((one) => {
    const here = one.path === current.path ? ' aria-current="page"' : '';
    return `<li><a href="${to(one.path)}"${here}>${text(one.title)}</a></li>`;
  });
  const isOpen = pages.includes(current) || (current.path === 'index.html' && name !== 'Decisions');
  return `<details${isOpen ? ' open' : ''}><summary>${name}</summary><ul>${items.join('')}</ul></details>`;
}

/** @param {string} value */
const text = (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
