import { at } from './workspace.mjs';

const HELPERS = at('packages', 'web', 'src', 'pages', 'scenarios', 'code');

/** File of monaco-editor → what of it is replaced by what, and where the replacement is from. */
const CHANGES = [
  {
    file: /monaco-editor\/esm\/vs\/base\/browser\/domStylesheets\.js$/,
    imports: `import { adoptedStyle } from '${HELPERS}/adopted-style.ts';`,
    texts: [["document.createElement('style')", 'adoptedStyle()']],
  },
  {
    file: /monaco-editor\/esm\/vs\/editor\/browser\/view\/viewLayer\.js$/,
    imports: `import { styledHtml } from '${HELPERS}/styled-html.ts';`,
    texts: [
      ['this._domNode.innerHTML = newLinesHTML;', 'this._domNode.replaceChildren(styledHtml(newLinesHTML));'],
      ["lastChild.insertAdjacentHTML('afterend', newLinesHTML);", 'lastChild.after(styledHtml(newLinesHTML));'],
      ['hugeDomNode.innerHTML = invalidLinesHTML;', 'hugeDomNode.append(styledHtml(invalidLinesHTML));'],
    ],
  },
];

/**
 * Has Monaco set its styles through the object model of CSS, in place of style elements and attributes in markup, which the policy of the
 * page refuses. The build fails when a newer Monaco has other texts, or has them in other files.
 */
export const monacoStyles = () => {
  const seen = new Set();
  return {
    name: 'monaco-styles',
    buildStart() {
      seen.clear();
    },
    transform(code, id) {
      const change = CHANGES.find(({ file }) => file.test(id));
      if (change === undefined) return null;
      seen.add(change);
      let changed = code;
      for (const [from, to] of change.texts) {
        if (changed.split(from).length !== 2)
          this.error(`${id} has ${from} not once: see scripts/lib/monaco-styles.mjs`);
        changed = changed.replace(from, () => to);
      }
      return { code: `${change.imports}\n${changed}`, map: null };
    },
    buildEnd(error) {
      const missing = CHANGES.filter((change) => !seen.has(change));
      if (error === undefined && missing.length > 0)
        this.error(
          `the build has no ${missing.map(({ file }) => file.source).join(', ')}: see scripts/lib/monaco-styles.mjs`,
        );
    },
  };
};
