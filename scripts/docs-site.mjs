// npm run docs:site: builds the guide that the server serves under /docs/guide, compressed ahead of time.
import { renameSync, rmSync } from 'node:fs';
import { compressFiles } from './lib/compress-files.mjs';
import { at } from './lib/workspace.mjs';
import { buildSite } from './site/build-site.mjs';

const folder = at('packages', 'web', 'dist', 'guide');
const next = `${folder}.${process.pid}`;
const pages = await buildSite(next);
compressFiles(next);
// A server that is running, and a second build, find one guide or the other.
rmSync(folder, { recursive: true, force: true });
renameSync(next, folder);
console.error(`${pages.length} pages are in ${folder}`);
