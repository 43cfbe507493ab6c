import { MAX_SAMPLED_CHARACTERS, MAX_SAMPLED_DEPTH, MAX_SAMPLED_MEMBERS } from './limits.ts';

/**
 * What is too much about a value that somebody uploaded, in words; undefined: nothing. Values may be nested deeper than a function may
 * call itself, so nothing here does.
 */
export function oversized(value: unknown): string | undefined {
  let members = 0;
  let characters = 0;
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_SAMPLED_DEPTH) return `is nested more than ${MAX_SAMPLED_DEPTH} deep`;
    const below: unknown[] = [];
    for (const one of level) {
      if (typeof one === 'string') characters += one.length;
      if (one === null || typeof one !== 'object') continue;
      for (const [key, member] of Object.entries(one)) {
        if (++members > MAX_SAMPLED_MEMBERS) return `has more than ${MAX_SAMPLED_MEMBERS} members`;
        characters += key.length;
        below.push(member);
      }
    }
    if (characters > MAX_SAMPLED_CHARACTERS) return `has more than ${MAX_SAMPLED_CHARACTERS} characters`;
    level = below;
  }
  return undefined;
}
