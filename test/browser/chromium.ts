import { type Browser, chromium } from 'playwright-core';

/** Debian's Chromium, which asks nobody but the pages that are opened in it. @throws Error that names the package, when it is missing */
export function startChromium(): Promise<Browser> {
  return chromium
    .launch({
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
    .catch((error: Error) => {
      throw new Error(`Chromium does not start (apt-get install chromium): ${error.message.split('\n')[0]}`);
    });
}
