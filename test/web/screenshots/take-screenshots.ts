/** Shows every page of the web app in both themes and writes pictures of them into the folder of the first argument. `--docs`: also those of the documentation. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../../packages/connectors/src/testing/start-postgres.ts';
import { startServer } from '../../../packages/server/src/start-server.ts';
import { startChromium } from '../../browser/chromium.ts';
import { served, signedIn } from '../served.ts';
import { makeSampleData } from './sample-data.ts';
import { addressOf, SHOWN_PAGES } from './shown-pages.ts';

const KEY = 'key-of-the-owner-for-pictures-0123456789';
const DOCS = join(import.meta.dirname, '..', '..', '..', 'docs', 'images');
/** Pictures of the documentation are no larger. */
const MOST_BYTES = 150_000;
/** Sizes of windows in pixels: what pages of the documentation show is smaller. */
const SHOWN = { width: 1280, height: 800 };
const IN_DOCS = { width: 1120, height: 660 };
const SETTLES_MS = 400;

const { values, positionals } = parseArgs({
  options: { docs: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const folder = positionals[0] ?? 'screenshots';
mkdirSync(folder, { recursive: true });
const dataDirectory = mkdtempSync(join(tmpdir(), 'datamaker-screenshots-'));
const database = await startPostgres();
const server = await startServer({
  dataDirectory,
  apiKey: KEY,
  port: 0,
  privateTargets: ['127.0.0.0/8'],
  // Nothing is fetched: scenarios here need no packages.
  environments: { index: 'http://127.0.0.1:1/simple', preinstalled: false },
  logLevel: 'fatal',
});
const browser = await startChromium();
let taken = 0;
try {
  const shown = await served(server.url, KEY);
  const ids = await makeSampleData(shown, KEY, database);
  for (const colorScheme of ['light', 'dark'] as const) {
    const { context, page } = await signedIn(browser, shown, { colorScheme, reducedMotion: 'reduce' });
    const stranger = await browser.newContext({ viewport: SHOWN, colorScheme });
    const outside = await stranger.newPage();
    for (const one of SHOWN_PAGES) {
      const on = one.isPublic ? outside : page;
      await on.goto(`${server.url}/app${addressOf(one, ids)}`);
      await one.ready(on);
      // What comes in after what is waited for: counts, sizes of columns.
      await on.waitForTimeout(SETTLES_MS);
      await on.screenshot({ path: join(folder, `${one.name}-${colorScheme}.png`) });
      taken++;
      if (!values.docs || one.inDocs === undefined || colorScheme === 'dark') continue;
      await on.setViewportSize(IN_DOCS);
      await on.waitForTimeout(SETTLES_MS);
      const picture = await on.screenshot();
      await on.setViewportSize(SHOWN);
      if (picture.length > MOST_BYTES) throw new Error(`${one.inDocs} would have ${picture.length} bytes`);
      writeFileSync(join(DOCS, one.inDocs), picture);
    }
    await context.close();
    await stranger.close();
  }
  console.log(`${taken} pictures are in ${folder}`);
} finally {
  await browser.close();
  await Promise.all([server.close(), database.stop()]);
  rmSync(dataDirectory, { recursive: true, force: true });
}
