import { hasControlCharacters } from '../text/control-characters.ts';
import { show } from './diagnostic.ts';
import { MAX_NAME_LENGTH } from './limits.ts';

const LONE_SURROGATE = /\p{Surrogate}/u;

/** What is wrong with the name of a field or a template; undefined: nothing. */
export function problemOfName(name: unknown): string | undefined {
  if (typeof name !== 'string') return `a name is a text, not ${show(name)}`;
  if (name.trim() === '') return 'a name must not be empty';
  if (name.length > MAX_NAME_LENGTH) return `a name has at most ${MAX_NAME_LENGTH} characters`;
  if (hasControlCharacters(name)) return 'a name must not contain line breaks or other control characters';
  return LONE_SURROGATE.test(name) ? 'a name must be valid Unicode' : undefined;
}
