import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fastify from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { handleErrors } from '../errors.ts';
import { serveGuide } from './serve-guide.ts';

const PAGES: Readonly<Record<string, string>> = {
  'index.html': 'all pages',
  'how-to/chat.html': 'how to chat',
  'adr/index.html': 'decisions',
  'assets/guide-0123456789.css': 'a {}',
};

/** The routes over a folder with a guide, or without. */
function serve(pages = PAGES) {
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-guide-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(pages)) {
    mkdirSync(join(folder, 'guide', name, '..'), { recursive: true });
    writeFileSync(join(folder, 'guide', name), text);
    writeFileSync(join(folder, 'guide', `${name}.gz`), gzipSync(text));
  }
  writeFileSync(join(folder, 'secret.html'), 'not of the guide');
  const app = fastify({ routerOptions: { ignoreTrailingSlash: true } });
  handleErrors(app);
  serveGuide(app, () => join(folder, 'guide'));
  return (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers });
}

it.each([
  ['/docs/guide/', 'all pages', 'no-cache'],
  ['/docs/guide/?from=mail', 'all pages', 'no-cache'],
  ['/docs/guide/how-to/chat.html', 'how to chat', 'no-cache'],
  ['/docs/guide/adr/index.html', 'decisions', 'no-cache'],
  ['/docs/guide/assets/guide-0123456789.css', 'a {}', 'public, max-age=31536000, immutable'],
])('answers %s under a policy without inline scripts and styles', async (url, text, caching) => {
  const answer = await serve()(url);
  expect(answer.body).toBe(text);
  expect(answer.headers['cache-control']).toBe(caching);
  expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; /);
  expect(answer.headers['content-security-policy']).not.toMatch(/'unsafe-(inline|eval)'|nonce|https?:/);
});

it('sends what was compressed ahead of time to whoever takes it', async () => {
  const answer = await serve()('/docs/guide/', { 'accept-encoding': 'gzip' });
  expect(answer.headers['content-encoding']).toBe('gzip');
  expect(answer.rawPayload).toEqual(gzipSync('all pages'));
});

it('leads browsers to the address that relative links start from', async () => {
  const answer = await serve()('/docs/guide', { accept: 'text/html,*/*;q=0.8' });
  expect([answer.statusCode, answer.headers.location]).toEqual([302, '/docs/guide/']);
  const told = await serve()('/docs/guide');
  expect(told.statusCode).toBe(404);
  expect(told.body).toContain('the guide is at /docs/guide/');
});

it.each([
  '/docs/guide/nothing.html',
  '/docs/guide/..%2Fsecret.html',
  '/docs/guide/how-to',
  '/docs/guide/index.html.gz',
])('has no page at %s', async (url) => {
  const answer = await serve()(url);
  expect(answer.statusCode).toBe(404);
  expect(answer.json()).toMatchObject({ error: { code: 'not_found' } });
});

it.each(['/docs/guide/', '/docs/guide/how-to/chat.html'])('says at %s that the guide was not built', async (url) => {
  const answer = await serve({})(url);
  expect(answer.statusCode).toBe(404);
  expect(answer.body).toContain('npm run docs:site');
});
