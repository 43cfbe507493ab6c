import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MASTER_KEYS } from '../../security/master-key-file.ts';
import { SETTINGS } from './settings-catalogue.ts';
import { shownOf } from './show-settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of other programs whose values are nobody's business either. */
const SECRET_NAME = /KEY|TOKEN|SECRET|PASS|PWD|CREDENTIAL|AUTH|COOKIE|DSN|_URL$|_URI$/i;
const SECRET_PARAMETER = /user|pass|key|token|secret|cert/i;
/** Names that stand in every bundle, whoever has made them a user or a password. */
const PUBLIC = new Set(['datamaker', 'postgres', 'postgresql', 'true', 'false', 'none', 'auto', 'root']);
/** In the data directory. */
const FILES = ['secret', MASTER_KEYS, 'postgres.password'];

/**
 * All secrets that can be known here: values of variables that are not shown, users and passwords in addresses, and what the files of the
 * data directory hold.
 */
export async function secretsAtHand(environment: Environment, dataDirectory: string): Promise<readonly string[]> {
  const secrets = new Set<string>();
  const add = (...found: readonly string[]): void => {
    for (const one of found) if (!PUBLIC.has(one.toLowerCase())) secrets.add(one);
  };
  for (const [name, value = ''] of Object.entries(environment)) {
    const text = value.trim();
    const showing = SETTINGS[name];
    const isOurs = showing !== undefined || /^(DATAMAKER|OTEL|DM)_/.test(name);
    if (text === '' || (isOurs ? showing === 'shown' && shownOf(text, showing) === text : !SECRET_NAME.test(name)))
      continue;
    // Of an address the host may be told.
    if (showing !== 'origin') add(text);
    add(...partsOf(text));
  }
  for (const file of FILES) {
    const text = await readFile(join(dataDirectory, file), 'utf8').catch(() => '');
    add(...text.split(/\s+/).filter((word) => word !== ''));
  }
  return [...secrets];
}

/** What may be secret in an address, a list of headers or a bunch of pairs; as it is written and as it is meant. */
function partsOf(text: string): string[] {
  const user = /^[\w+.-]+:\/\/(.*)@/s.exec(text)?.[1];
  const names = user === undefined ? [] : [user, ...user.split(/[:@/?#]/)];
  const pairs = [...text.matchAll(/([\w.-]+)=([^&,;\s]+)/g)].flatMap(([, name = '', value = '']) =>
    SECRET_PARAMETER.test(name) || value.length >= 8 ? [value, ...decoded(value).split(/\s+/)] : [],
  );
  const path = /^https?:\/\/[^/]*(\/.*)$/.exec(text)?.[1] ?? '';
  const long = path.split(/[/?#&=]/).filter((part) => part.length >= 12);
  return [...names, ...pairs, ...long].flatMap((part) => [part, decoded(part)]).filter((part) => part.length >= 3);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
