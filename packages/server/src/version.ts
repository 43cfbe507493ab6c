import { readFileSync } from 'node:fs';

/** Of the server: from sources and from bundles alike, the folder above has its package.json. */
export const VERSION: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string }
).version;
