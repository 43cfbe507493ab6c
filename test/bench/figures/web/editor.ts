import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Served, signedIn } from '../../../web/served.ts';
import { fieldsOf, TYPED } from './templates.ts';

export const IN_PAGE = join(import.meta.dirname, 'in-page.js');

export interface Edited {
  /** From the beginning of each navigation, nothing kept by the browser, to the first row. */
  readonly opened: readonly number[];
  /** From each key press to the frame with the new rows. */
  readonly pressed: readonly number[];
  /** The longest task of the page while a key press was dealt with. */
  readonly longestTask: number;
}

/** Opens a template in the editor some times, and types into it. @param presses digits, each in place of the one before once its rows are there */
export async function editTemplate(
  browser: Browser,
  server: Served,
  { fields, opens, presses }: { fields: number; opens: number; presses: number },
): Promise<Edited> {
  const { id } = await server.ask<{ id: string }>('POST', '/templates', {
    name: `${fields} fields`,
    fields: fieldsOf(fields),
  });
  const opened: number[] = [];
  const pressed: number[] = [];
  let longestTask = 0;
  for (let open = 0; open < opens; open++) {
    const { context, page } = await signedIn(browser, server);
    await page.addInitScript({ path: IN_PAGE });
    await page.goto(`${server.url}/app/templates/${id}`, { waitUntil: 'commit' });
    opened.push(await page.evaluate<number>('measured.firstRow()'));
    if (open === opens - 1) {
      await page.getByRole('button', { name: `Open the options of ${TYPED}` }).click();
      await page.getByLabel('start', { exact: true }).focus();
      for (let press = -5; press < presses; press++) {
        const { took, longest } = await pressOne(page, String(((press + 9) % 9) + 1));
        if (press < 0) continue;
        pressed.push(took);
        longestTask = Math.max(longestTask, longest);
      }
    }
    await context.close();
  }
  return { opened, pressed, longestTask };
}

async function pressOne(page: Page, key: string): Promise<{ took: number; longest: number }> {
  await page.keyboard.press('Control+a');
  await page.evaluate('measured.longestTask(); void (globalThis.took = measured.typed())');
  await page.keyboard.press(key);
  const took = await page.evaluate<number>('took');
  return { took, longest: await page.evaluate<number>('measured.longestTask()') };
}
