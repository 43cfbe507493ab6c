import { type Browser, chromium } from 'playwright-core';

/** Debian's Chromium, which asks nobody but the pages that are opened in it. @param more arguments of it @throws Error that names the package, when it is missing */
export function startChromium(...more: readonly string[]): Promise<Browser> {
  return chromium
    .launch({
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        ...more,
      ],
    })
    .catch((error: Error) => {
      throw new Error(`Chromium does not start (apt-get install chromium): ${error.message.split('\n')[0]}`);
    });
}
