import { ConnectionError } from '../connection-error.ts';

export interface BaseUrl {
  /** Without user and password, without a slash at the end of the path. */
  readonly url: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

const SECRET = /key|token|secret|passw|pwd|auth|credential|signature|^sig$|session/i;

/** Whether what has this name is to be kept as a secret. */
export const soundsSecret = (name: string): boolean => SECRET.test(name);

/** Reads the URL that all paths of a connection are beneath. @throws ConnectionError invalid_config */
export function parseBaseUrl(text: string): BaseUrl {
  const url = text.length > 2000 ? null : URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) throw invalid('the URL has the form https://host/path');
  if (url.hash !== '') throw invalid('the URL has a part behind #, which is never sent: leave it out');
  const secret = [...url.searchParams.keys()].find(soundsSecret);
  if (secret !== undefined) {
    throw invalid(`the URL has the parameter ${JSON.stringify(secret)}, which sounds like a secret`, {
      hint: 'say it as auth: {"type": "api_key", "in": "query", "name": …, "key": …}',
    });
  }
  const [username, password] = [decode(url.username), decode(url.password)];
  url.username = '';
  url.password = '';
  url.pathname = url.pathname.replace(/\/+$/, '');
  return {
    url: url.href.replace(/^(https?:\/\/[^/]+)\/$/, '$1'),
    username: username === '' ? undefined : username,
    password: password === '' ? undefined : password,
  };
}

/**
 * A path beneath the base URL, with the base's own query and the path's.
 * @param path `orders`, `/orders?expand=items`; never leads above the base or to another host
 * @throws ConnectionError invalid_config
 */
export function beneath(base: string, path: string): URL {
  const [name = '', query] = path.split(/\?(.*)/s, 2);
  const isBad = /[#\\\p{Cc}]/u.test(path) || name.split('/').some((part) => /^(\.|%2e){1,2}$/i.test(part));
  if (isBad) throw invalid('a path has the form /orders, and stays beneath the URL of the connection');
  const url = new URL(base);
  const start = url.pathname.replace(/\/+$/, '');
  const rest = name.replace(/^\/+/, '');
  url.pathname = rest === '' ? (start === '' ? '/' : start) : `${start}/${rest}`;
  for (const [key, value] of new URLSearchParams(query ?? '')) url.searchParams.append(key, value);
  return url;
}

/** Where a URL leads, to be shown: without its query, which may hold secrets and values. */
export const shown = ({ origin, pathname }: URL): string => `${origin}${pathname}`;

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalid('a percent sign in the URL is not followed by two hexadecimal digits: write %25 for it');
  }
}

const invalid = (message: string, options: { hint?: string } = {}): ConnectionError =>
  new ConnectionError('invalid_config', message, options);
