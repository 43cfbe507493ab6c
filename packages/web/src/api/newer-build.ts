import { useSyncExternalStore } from 'react';
import { setUnreached } from './unreached.ts';

const KEY = 'datamaker.loaded-anew';

let isNewer = false;
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether the server has another build of the app than the one that runs here, whose files are gone. */
export const useNewerBuild = (): boolean => useSyncExternalStore(subscribe, () => isNewer);

/**
 * Asks the server, after a file of the app could not be had, whether it is away or has a newer build.
 * @returns what the page of a newer build begins with; undefined: there is none
 */
export async function lookForNewerBuild(): Promise<string | undefined> {
  const page = await fetch('/app/', { cache: 'no-store', headers: { Accept: 'text/html' } }).catch(() => undefined);
  setUnreached(page === undefined);
  if (page?.ok !== true) return undefined;
  const entry = entryOf(new DOMParser().parseFromString(await page.text(), 'text/html'));
  if (entry === undefined || entry === entryOf(document)) return undefined;
  isNewer = true;
  for (const listener of listeners) listener();
  return entry;
}

/** Loads the app anew where the server has a newer build: once for each, so that servers of two builds send nobody to and fro. */
export async function loadNewerBuild(): Promise<void> {
  const entry = await lookForNewerBuild();
  if (entry === undefined || sessionStorage.getItem(KEY) === entry) return;
  sessionStorage.setItem(KEY, entry);
  location.reload();
}

const entryOf = (page: Document): string | undefined =>
  page.querySelector('script[type=module][src]')?.getAttribute('src') ?? undefined;
