import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastify, { type FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { serveGuide } from '../../packages/server/src/http/guide/serve-guide.ts';
import { startChromium } from './chromium.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'datamaker-guide-'));

let server: FastifyInstance;
let url = '';
let browser: Browser;
let pages: ReadonlyMap<string, string> = new Map();
beforeAll(async () => {
  const build = `await (await import('./scripts/site/build-site.mjs')).buildSite(${JSON.stringify(folder)})`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', build], { cwd: ROOT, stdio: 'pipe' });
  pages = new Map(
    globSync('**/*.html', { cwd: folder }).map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  );
  server = fastify();
  serveGuide(server, () => folder);
  [url, browser] = await Promise.all([server.listen({ port: 0, host: '127.0.0.1' }), startChromium()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Addresses on a page of the site that lead to no file or no heading of it. */
function deadOn(path: string, html: string): string[] {
  const targets = [...html.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, target = '']) => target);
  return targets.filter((target) => {
    if (/^(https?|mailto|data):/.test(target)) return false;
    const [file = '', anchor] = target.split('#');
    const full = file === '' ? path : posix.join(posix.dirname(path), file);
    if (full.startsWith('assets/')) return globSync(full, { cwd: folder }).length === 0;
    const to = pages.get(full);
    return to === undefined || (anchor !== undefined && !to.includes(` id="${decodeURIComponent(anchor)}"`));
  });
}

it('has a page for each file of docs, and no link that leads nowhere', () => {
  expect(pages.size).toBeGreaterThanOrEqual(globSync('docs/**/*.md', { cwd: ROOT }).length);
  const dead = [...pages].flatMap(([path, html]) => deadOn(path, html).map((target) => `${path}: ${target}`));
  expect(dead).toEqual([]);
});

it('notices links that lead nowhere', () => {
  const html =
    '<a href="chat.html"></a> <a href="none.html"></a> <a href="chat.html#none"></a> <img src="../assets/none.png">';
  expect(deadOn('how-to/mcp.html', html)).toEqual(['none.html', 'chat.html#none', '../assets/none.png']);
});

it('has no inline script, style or handler, and asks nobody else', () => {
  const found = [...pages].flatMap(([path, html]) =>
    [
      ...html.matchAll(
        /<script(?! (?:type="module" )?src=)|<style| (?:style|on[a-z]+)="|(?:src|<link[^>]*href)="https?:[^"]*/g,
      ),
    ].map(([what]) => `${path}: ${what}`),
  );
  expect(found).toEqual([]);
});

/** A page that notes what the browser complains of, and what is asked for elsewhere. */
async function open(path: string, colorScheme: 'light' | 'dark' = 'light'): Promise<{ page: Page; wrong: string[] }> {
  const wrong: string[] = [];
  const page = await browser.newPage({ colorScheme });
  onTestFinished(() => page.close());
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:')) wrong.push(request.url());
  });
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  await page.goto(`${url}/docs/guide/${path}`);
  return { page, wrong };
}

it('finds pages by their words, without a connection to anywhere', async () => {
  const { page, wrong } = await open('how-to/chat.html');
  await page.keyboard.press('/');
  await page.keyboard.type('undo seeded rows');
  const first = page.locator('#found a').first();
  expect(await first.textContent()).toMatch(/seed|take it back/i);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/docs\/guide\/.*seed/);
  expect(await page.locator('main h1').textContent()).toMatch(/seed/i);
  expect(wrong).toEqual([]);
});

it('is light or dark as the system is, until somebody chooses', async () => {
  const back = (on: Page) => on.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  const { page, wrong } = await open('', 'dark');
  const dark = await back(page);
  await page.locator('#theme').click();
  const light = await back(page);
  expect(light).not.toBe(dark);
  await page.reload();
  expect(await back(page)).toBe(light);
  expect(wrong).toEqual([]);
});
