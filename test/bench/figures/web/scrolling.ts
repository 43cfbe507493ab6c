import type { Browser, CDPSession, Page } from 'playwright-core';
import { type Served, signedIn } from '../../../web/served.ts';
import { IN_PAGE } from './editor.ts';
import { fieldsOf } from './templates.ts';

const FRAMES = 300;
/** Pixels of a frame: half a screen of lines. */
const STEP = 200;
/** After which pages of rows that are out of sight are let go. */
const LET_GO_MS = 6000;
/** Bytes of a heap that is looked at after its garbage is gone. */
const heapOf = async (tools: CDPSession): Promise<number> => {
  await tools.send('HeapProfiler.collectGarbage');
  return (await tools.send('Runtime.getHeapUsage')).usedSize;
};

export interface Scrolled {
  /** Times between frames. */
  readonly times: readonly number[];
  /** Share of frames with a line in sight whose text was not there yet. */
  readonly blank: number;
  /** The same page when nothing is scrolled: what else the machine does costs these as well. */
  readonly atRest: readonly number[];
  readonly heapBefore: number;
  readonly heapAfter: number;
  /** What the last line or row of all says. */
  readonly last: string;
}

interface Frames {
  readonly times: readonly number[];
  readonly blank: number;
}

/** Scrolls a box of virtual lines at some places, from its beginning to its end. */
async function scrollThrough(
  page: Page,
  tools: CDPSession,
  box: string,
  line: string,
): Promise<Omit<Scrolled, 'last'>> {
  const heapBefore = await heapOf(tools);
  const { times: atRest } = await page.evaluate<Frames>(`measured.scroll('${box}', 60, 0, '${line}')`);
  const all: Frames[] = [];
  for (const share of [0, 0.25, 0.5, 0.75]) {
    await page.evaluate(
      `document.querySelector('${box}').scrollTop = document.querySelector('${box}').scrollHeight * ${share}`,
    );
    await settled(page, box, line);
    all.push(await page.evaluate<Frames>(`measured.scroll('${box}', ${FRAMES / 4}, ${STEP}, '${line}')`));
  }
  await page.evaluate(`document.querySelector('${box}').scrollTop = document.querySelector('${box}').scrollHeight`);
  await settled(page, box, line);
  await page.waitForTimeout(LET_GO_MS);
  return {
    times: all.flatMap(({ times }) => times),
    blank: all.reduce((sum, { blank }) => sum + blank, 0) / FRAMES,
    atRest,
    heapBefore,
    heapAfter: await heapOf(tools),
  };
}

/** Until every line that there is has its text. */
const settled = (page: Page, box: string, line: string): Promise<unknown> =>
  page.evaluate(`measured.settled('${box}', '${line}')`);

/** A log of many lines, which a scenario has written. */
export async function scrollLog(browser: Browser, server: Served, lines: number): Promise<Scrolled> {
  const code = `print("\\n".join(f"line {n} of a log that is long" for n in range(1, ${lines} + 1)))\n`;
  const { id } = await server.ask<{ id: string }>('POST', '/scenarios', { name: 'Long log', code });
  const { run_id } = await server.ask<{ run_id: string }>('POST', `/scenarios/${id}/run`, {});
  for (let state = 'queued'; state === 'queued' || state === 'running'; ) {
    ({ state } = await server.ask<{ state: string }>('GET', `/runs/${run_id}?wait=true`));
    if (state === 'failed') throw new Error('the scenario that writes the log has failed');
  }
  const { context, page } = await signedIn(browser, server);
  await page.addInitScript({ path: IN_PAGE });
  await page.goto(`${server.url}/app/scenarios/${id}?run=${run_id}`);
  const box = '[role=region][aria-label=Lines]';
  await page.getByText(`line ${lines} of a log`, { exact: false }).waitFor();
  await page.getByLabel('Follow').uncheck();
  const tools = await context.newCDPSession(page);
  const scrolled = await scrollThrough(page, tools, box, 'div > div > span + span');
  const last = (await page.locator(`${box} > div > div > div`).last().textContent()) ?? '';
  await context.close();
  return { ...scrolled, last };
}

/** The rows of a template of 30 fields, which the browser makes as they come into sight. */
export async function scrollGrid(browser: Browser, server: Served): Promise<Scrolled> {
  const { id } = await server.ask<{ id: string }>('POST', '/templates', { name: 'Many rows', fields: fieldsOf(30) });
  const { context, page } = await signedIn(browser, server);
  await page.addInitScript({ path: IN_PAGE });
  await page.goto(`${server.url}/app/templates/${id}`);
  const box = '[role=table][aria-label=Rows]';
  await page.locator(`${box} [role=cell]`).nth(1).waitFor();
  const tools = await context.newCDPSession(page);
  // The value that is typed into is the first one, and never empty.
  const scrolled = await scrollThrough(page, tools, box, '[role=cell]:nth-child(2)');
  const last = (await page.locator(`${box} [role=row]`).last().getByRole('cell').first().textContent()) ?? '';
  await context.close();
  return { ...scrolled, last };
}
