import type { Browser } from 'playwright-core';
import { type Served, signedIn } from '../../../web/served.ts';

/** Bytes that a browser which has nothing kept gets over the wire until a page of the app is shown and nothing is asked any more. */
export async function firstLoad(browser: Browser, server: Served, path: string): Promise<number> {
  const { context, page } = await signedIn(browser, server);
  const tools = await context.newCDPSession(page);
  let bytes = 0;
  tools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await tools.send('Network.enable');
  await page.goto(`${server.url}/app${path}`, { waitUntil: 'networkidle' });
  await context.close();
  return bytes;
}
