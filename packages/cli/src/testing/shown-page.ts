import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** A page of docs/how-to that shows what commands print. */
export interface ShownPage {
  readonly text: string;
  /**
   * Expects the page to be what it is `now`, made of what the commands print today; with DATAMAKER_UPDATE_DOCS=1 it is written
   * anew instead, unless nothing differs but times.
   */
  compare(now: string): void;
}

/** @param name of the file in docs/how-to */
export function shownPage(name: string): ShownPage {
  const path = fileURLToPath(new URL(`../../../../docs/how-to/${name}`, import.meta.url));
  const text = readFileSync(path, 'utf8');
  return {
    text,
    compare: (now) => {
      if (process.env.DATAMAKER_UPDATE_DOCS !== '1') expect(steady(text)).toBe(steady(now));
      else if (steady(text) !== steady(now)) writeFileSync(path, now);
    },
  };
}

/** Without what differs from run to run. */
const steady = (text: string): string => text.replaceAll(/[\d.]+ s, [\d,]+ rows\/s/g, '0.1 s, 1,000 rows/s');
