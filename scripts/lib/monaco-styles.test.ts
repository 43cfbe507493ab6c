import { build } from 'vite';
import { expect, it } from 'vitest';
import { monacoStyles } from './monaco-styles.mjs';

/** Builds a page of some modules. @param modules texts by what their files end in */
const buildOf = (modules: Readonly<Record<string, string>>) =>
  build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'modules',
        resolveId: (id) => (id === 'page' || id in modules || id.includes('/scenarios/code/') ? id : null),
        load: (id) =>
          id === 'page'
            ? Object.keys(modules)
                .map((name) => `import '${name}';`)
                .join('\n')
            : (modules[id] ?? 'export const adoptedStyle = 1, styledHtml = 1;'),
      },
      monacoStyles(),
    ],
    build: { write: false, rolldownOptions: { input: 'page' } },
  });

const BASE = '/monaco-editor/esm/vs/base/browser/domStylesheets.js';
const VIEW = '/monaco-editor/esm/vs/editor/browser/view/viewLayer.js';
const STYLE = "globalThis.x = document.createElement('style');";
const LINES = `globalThis.f = function (newLinesHTML, lastChild, hugeDomNode, invalidLinesHTML) {
  this._domNode.innerHTML = newLinesHTML;
  lastChild.insertAdjacentHTML('afterend', newLinesHTML);
  hugeDomNode.innerHTML = invalidLinesHTML;
};`;

it('builds with what Monaco has today, and fails where it has other texts or other files', async () => {
  await buildOf({ [BASE]: STYLE, [VIEW]: LINES });
  await expect(buildOf({ [BASE]: 'globalThis.x = 1;', [VIEW]: LINES })).rejects.toThrow('not once');
  await expect(buildOf({ [BASE]: STYLE, '/monaco-editor/esm/vs/renamed.js': LINES })).rejects.toThrow(
    'the build has no monaco-editor\\/esm\\/vs\\/editor\\/browser\\/view\\/viewLayer',
  );
});
