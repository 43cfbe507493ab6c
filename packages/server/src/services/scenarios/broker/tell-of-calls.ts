import type { OpenOptions } from '@datamaker/connectors';
import { scriptLog } from './script-callers.ts';

/**
 * Tells the script that has asked for it of each request to its system: `POST /A_BusinessPartner → 201`.
 * @param base URL of the connection, which paths are beneath
 * @returns undefined where no script has asked
 */
export function tellOfCalls(base: string): OpenOptions['onCall'] {
  const tell = scriptLog.getStore();
  if (tell === undefined) return undefined;
  const start = URL.parse(base)?.pathname.replace(/\/+$/, '') ?? '';
  return ({ method, path, outcome }) => tell(`${method} ${shownPath(start, path)} → ${outcome}`);
}

/** Beneath the base; keys of rows that are in it (`A_BusinessPartner('17')`) may be anybody's. */
function shownPath(start: string, path: string): string {
  const below = path.startsWith(`${start}/`) ? path.slice(start.length) : path;
  let plain = below;
  try {
    plain = decodeURI(below);
  } catch {}
  return plain.replace(/\(.*\)/s, '(…)');
}
