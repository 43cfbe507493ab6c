import { hash } from 'node:crypto';
import { ConnectionError } from '../connection-error.ts';
import type { Rows } from '../value.ts';
import { shown } from './base-url.ts';
import { toJson } from './json.ts';

/** Most pages that one question is answered in. */
const MOST_PAGES = 100_000;

/** Pages that were read of one system: what goes round in a circle, or gives the same page whatever is asked for, would never end. */
export class SeenPages {
  readonly #most: number;
  readonly #urls = new Set<string>();
  readonly #contents = new Set<string>();

  constructor(most = MOST_PAGES) {
    this.#most = most;
  }

  /**
   * Takes note of a page.
   * @throws ConnectionError protocol, when its URL or its rows were seen before; too_large, when there are too many
   */
  see(url: URL, rows: Rows): void {
    if (isKnown(this.#urls, url.href)) throw new ConnectionError('protocol', `${shown(url)} leads back to itself`);
    if (rows.length > 0 && isKnown(this.#contents, toJson(rows))) {
      throw new ConnectionError('protocol', `${shown(url)} gives the same rows again as another page`, {
        hint: 'the system may not know the parameters of options.paging: with {"kind": "none"} one page is read',
      });
    }
    if (this.#urls.size <= this.#most) return;
    throw new ConnectionError('too_large', `${shown(url)} has more than ${this.#most} pages`, {
      hint: 'ask for larger pages, or for fewer rows',
    });
  }
}

function isKnown(all: Set<string>, text: string): boolean {
  const before = all.size;
  all.add(hash('sha256', text, 'base64'));
  return all.size === before;
}
