import { startChromium } from '../../browser/chromium.ts';
import { served } from '../../web/served.ts';
import type { Options } from '../options.ts';
import { median, quantile } from '../statistics.ts';
import { below, exactly, percent, type Target } from '../targets.ts';
import { count, textTable } from '../text-table.ts';
import { type Figure, megabytes, milliseconds } from './figure.ts';
import { startServerProcess } from './server-process.ts';
import { type Edited, editTemplate } from './web/editor.ts';
import { firstLoad } from './web/first-load.ts';
import { type Scrolled, scrollGrid, scrollLog } from './web/scrolling.ts';

const KEY = 'bench-key-of-the-owner-0123456789';
/** A frame that takes longer than two of a screen with 60 Hz was dropped. */
const DROPPED_MS = 34;

/** The web app in Chromium, beside a server on the same machine. */
export async function web({ quick }: Options): Promise<Figure> {
  const process = await startServerProcess(KEY);
  const browser = await startChromium();
  try {
    const server = await served(process.url, KEY);
    const lines = quick ? 100_000 : 1_000_000;
    const load = await firstLoad(browser, server, '/templates');
    const usual = await editTemplate(browser, server, { fields: 30, opens: quick ? 3 : 7, presses: quick ? 20 : 50 });
    const large = await editTemplate(browser, server, { fields: 1000, opens: 1, presses: quick ? 3 : 10 });
    const log = await scrollLog(browser, server, lines);
    const grid = await scrollGrid(browser, server);
    return {
      text: [
        `first load: ${count(load / 1000)} kB over the wire`,
        textTable(
          ['the template editor', 'opened, median', 'key press, median', 'p95', 'longest task'],
          [edited('30 fields', usual), edited('1,000 fields', large)],
        ),
        textTable(
          ['scrolling', 'frame, mean', 'p99', 'longest', 'dropped', 'at rest', 'with a blank', 'heap before', 'after'],
          [scrolled(`a log of ${count(lines)} lines`, log), scrolled('a grid of 1,000,000 rows x 30', grid)],
        ),
      ].join('\n\n'),
      data: { load, usual, large, log: summary(log), grid: summary(grid) },
      targets: [
        below('web app: the first load, compressed', 350_000, load, (bytes) => `${count(bytes / 1000)} kB`),
        below('web app: a template of 30 fields opened, median', 1500, median(usual.opened), milliseconds),
        below('web app: key press to rows, 30 fields, median', 50, median(usual.pressed), milliseconds),
        below('web app: key press to rows, 30 fields, p95', 50, quantile(usual.pressed, 0.95), milliseconds),
        below('web app: longest task of a key press, 1,000 fields', 200, large.longestTask, milliseconds),
        ...smooth('a long log', log),
        ...smooth('a grid of a million rows', grid),
        below('web app: heap after a grid of a million rows', grid.heapBefore + 10e6, grid.heapAfter, megabytes),
        exactly('web app: the last row of the grid', 999_999, Number(grid.last.replaceAll(',', ''))),
      ],
    };
  } finally {
    await browser.close();
    await process.stop();
  }
}

const edited = (name: string, { opened, pressed, longestTask }: Edited): string[] => [
  name,
  milliseconds(median(opened)),
  milliseconds(median(pressed)),
  milliseconds(quantile(pressed, 0.95)),
  milliseconds(longestTask),
];

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const dropped = (times: readonly number[]): number => times.filter((time) => time > DROPPED_MS).length / times.length;

function summary({ times, atRest, ...rest }: Scrolled) {
  const frames = {
    mean: mean(times),
    p99: quantile(times, 0.99),
    longest: Math.max(...times),
    dropped: dropped(times),
  };
  return { ...frames, droppedAtRest: dropped(atRest), ...rest };
}

function scrolled(name: string, all: Scrolled): string[] {
  const { mean, p99, longest, dropped, droppedAtRest, blank, heapBefore, heapAfter } = summary(all);
  return [
    name,
    ...[mean, p99, longest].map((time) => `${time.toFixed(1)} ms`),
    percent(dropped),
    percent(droppedAtRest),
    percent(blank),
    megabytes(heapBefore),
    megabytes(heapAfter),
  ];
}

/** A stutter is seen when a frame takes a tenth of a second, or when many take two. */
const smooth = (name: string, all: Scrolled): Target[] => [
  below(`web app: the longest frame while ${name} is scrolled`, 100, summary(all).longest, milliseconds),
  below(`web app: dropped frames while ${name} is scrolled`, 0.05, summary(all).dropped, percent),
];
