import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import esbuild from 'esbuild';
import { at } from '../lib/workspace.mjs';

/**
 * Writes a file whose name changes with what is in it.
 * @param {string} folder of the site @param {string} name such as `guide.css` @param {string | Uint8Array} content
 * @returns {string} its path on the site
 */
export function writeHashed(folder, name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const { name: stem, ext } = posix.parse(name);
  const path = `assets/${stem}-${hash}${ext}`;
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, path), content);
  return path;
}

/**
 * The styles and scripts of the site, each in one file.
 * @param {string} folder of the site @returns {Promise<{ style: string, theme: string, search: string }>} their paths on the site
 */
export async function writeScripts(folder) {
  const bundled = async (name, format) => {
    const { outputFiles } = await esbuild.build({
      entryPoints: [at('scripts', 'site', 'browser', name)],
      bundle: true,
      minify: true,
      write: false,
      format,
      target: 'es2022',
      legalComments: 'inline',
    });
    return writeHashed(folder, name, outputFiles[0].contents);
  };
  const [style, theme, search] = await Promise.all([
    bundled('guide.css'),
    bundled('theme.js', 'iife'),
    bundled('search.js', 'esm'),
  ]);
  return { style, theme, search };
}
