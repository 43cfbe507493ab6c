import { SET, SETTINGS, type Showing } from './settings-catalogue.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Names, numbers, paths and lists of hosts or addresses. What looks otherwise may be a secret that got into the wrong variable. */
const PLAIN = /^[\w.:/*, -]{1,200}$/;
/** Keys of services look like this: long, without a break, with digits among the letters. */
const KEY_LIKE = /(?=[^\s,/.:-]*\d)(?=[^\s,/.:-]*[A-Za-z])[^\s,/.:-]{20,}|^(sk|pk|dm|ghp|xox)[-_]/;

/** The settings that are set, without secrets, by their names; those that the catalogue does not know are left out. */
export function showSettings(environment: Environment): Readonly<Record<string, string>> {
  const set = Object.entries(SETTINGS).flatMap(([name, showing]) => {
    const value = environment[name]?.trim() ?? '';
    return value === '' ? [] : [[name, shownOf(value, showing)] as const];
  });
  return Object.fromEntries(set);
}

/** What is told of a value. */
export function shownOf(value: string, showing: Showing): string {
  if (showing === 'shown') return PLAIN.test(value) && !KEY_LIKE.test(value) ? value : SET;
  // What stands before an @ may be a password, however the rest is to be read.
  if (showing === 'secret' || /@|%40/.test(value) || !/^https?:/.test(value)) return SET;
  return URL.parse(value)?.origin ?? SET;
}
