// Builds packages/engine/src/locales/data from @faker-js/faker's locale data and the tables in sources/.
//
//   node scripts/locales/build.mjs
//
// The result is committed: nobody needs this script, or faker, to use the engine. Running it again on the same sources
// gives the same bytes, which build.test.ts asserts. Values of a seed follow the order of these lists, so any change
// here changes the output for a seed.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { localeFiles } from './locale-files.mjs';
import { placeFiles } from './place-files.mjs';

export const DATA = new URL('../../packages/engine/src/locales/data/', import.meta.url);

/** @returns {Map<string, string>} file name in the data folder -> its text */
export function buildAll() {
  return new Map([...localeFiles(), ...placeFiles()]);
}

function main() {
  const files = buildAll();
  mkdirSync(DATA, { recursive: true });
  for (const name of readdirSync(DATA)) if (!files.has(name)) rmSync(new URL(name, DATA));
  let bytes = 0;
  for (const [name, text] of files) {
    writeFileSync(new URL(name, DATA), text);
    bytes += Buffer.byteLength(text);
  }
  process.stdout.write(`${files.size} files, ${bytes} bytes\n`);
}

if (import.meta.main) main();
