import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { startChromium } from './chromium.ts';

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startOn('external'), startChromium()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Says so to whoever listens, by each way that a script has. */
const RUN = `document.title='ran';try{window.ran=1;parent.postMessage('ran','*')}catch{};fetch('/ran');new Image().src='/ran'`;
const HTML = `<html><head><title>x</title></head><body onload="${RUN}"><script>${RUN}</script><img src=x onerror="${RUN}"></body></html>`;
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"><script>${RUN}</script></svg>`;

const FILES: readonly (readonly [name: string, content: string | Uint8Array])[] = [
  ['page.html', HTML],
  ['page.htm.csv', `a,b\n1,${HTML}\n`],
  ['picture.svg', SVG],
  ['picture.svg.txt', SVG],
  ['page.xhtml', `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>${RUN}</script></html>`],
  ['style.xml', `<?xml version="1.0"?><?xml-stylesheet href="data:text/xsl,x"?><a>${RUN}</a>`],
  ['script.js', RUN],
  ['rows.json', JSON.stringify([{ a: HTML }])],
  ['rows.ndjson', `${JSON.stringify({ a: HTML })}\n${JSON.stringify({ a: SVG })}\n`],
  ['list.yaml', `a: '${HTML.replaceAll("'", '"')}'\nb: 1\n`],
  ['seven.html', Buffer.from('+ADw-script+AD4-fetch("/ran")+ADw-/script+AD4-')],
  ['pdf.html', `%PDF-1.4\n${HTML}`],
];

/** Runs in the page: loads a file in each way that a page has. @returns what of it has run */
const LOAD = `async (path) => {
  let messages = 0;
  addEventListener('message', () => messages++);
  const load = (tag) => new Promise((resolve) => {
    const element = document.createElement(tag);
    element.onload = element.onerror = resolve;
    // A frame whose answer is a download tells of nothing.
    if (tag === 'iframe') fetch(path).then(() => setTimeout(resolve, 0));
    element.setAttribute('src', path);
    document.documentElement.append(element);
  });
  await Promise.all(['iframe', 'script', 'img'].map(load));
  return [messages, document.title, 'ran' in window];
}`;

it('stored files run no script, whether they are opened, framed, embedded or loaded as scripts', async () => {
  const { client } = server;
  // A session would do; the key in a header makes every request of the page one of its owner.
  const context = await browser.newContext({ extraHTTPHeaders: { authorization: `Bearer ${server.key}` } });
  onTestFinished(() => context.close());
  const asked: string[] = [];
  context.on('request', (request) => asked.push(new URL(request.url()).pathname));
  let stored = 0;
  for (const [name, content] of FILES) {
    const { status } = await client.upload(name, content);
    if (status === 422) continue;
    stored++;
    const page = await context.newPage();
    const download = page.waitForEvent('download');
    await page.goto(`${client.url}/workspace/files/${name}`).catch(() => undefined);
    expect((await download).suggestedFilename()).toContain(name.split('.')[0]);
    // On a page of the same server, as far as it lets one be.
    await page.goto(`${client.url}/healthz`);
    expect([name, await page.evaluate(`(${LOAD})('/workspace/files/${name}')`)]).toEqual([name, [0, '', false]]);
    await page.close();
  }
  expect(stored).toBeGreaterThan(9);
  expect(asked).not.toContain('/ran');
});
