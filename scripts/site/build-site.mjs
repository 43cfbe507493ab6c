import { globSync, readFileSync } from 'node:fs';
import { posix, relative } from 'node:path';
import Eleventy from '@11ty/eleventy';
import { at, root } from '../lib/workspace.mjs';
import { writeHashed, writeScripts } from './assets.mjs';
import { layout } from './layout.mjs';
import { amendMarkdown } from './markdown.mjs';
import { navigationOf, pagesOfSite } from './pages.mjs';
import { searchIndexOf } from './search-index.mjs';

/**
 * Builds the guide from docs and the pages of the project: plain pages with relative links, and files with hashes in their names.
 * @param {string} folder that is made @returns {Promise<string[]>} paths of the pages
 */
export async function buildSite(folder) {
  const pages = pagesOfSite();
  const navigation = navigationOf(pages);
  const pictures = globSync('docs/**/*.{png,svg}', { cwd: root }).map((source) => [
    source,
    writeHashed(folder, posix.basename(source), readFileSync(at(source))),
  ]);
  const assets = {
    ...(await writeScripts(folder)),
    index: writeHashed(folder, 'search.json', searchIndexOf(pages)),
  };
  const paths = new Map([...pages.map(({ source, path }) => [source, path]), ...pictures]);
  const eleventy = new Eleventy(EMPTY, folder, {
    configPath: false,
    quietMode: true,
    config: (config) => {
      config.setUseGitIgnore(false);
      config.amendLibrary('md', (md) => amendMarkdown(md, paths));
      // What stands in braces is what somebody reads, and no template.
      config.setTemplateFormats(['md']);
      for (const page of pages) {
        config.addTemplate(`${page.path}.md`, page.text, {
          permalink: page.path,
          source: page.source,
          templateEngineOverride: 'md',
        });
      }
      const byPath = new Map(pages.map((page) => [page.path, page]));
      config.addTransform('layout', function (content) {
        const path = relative(folder, this.page.outputPath).replaceAll('\\', '/');
        return layout({ page: byPath.get(path), content, navigation, assets });
      });
    },
  });
  await eleventy.write();
  return pages.map(({ path }) => path);
}

/** A folder without pages: they are given one by one, as they come from more than one folder. */
const EMPTY = at('scripts', 'site', 'browser');
