import { SecretMatcher, type Stretch } from './secret-matcher.ts';

/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** A value of fewer characters is in too many words to be taken out. */
export const SHORTEST = 4;
/** Lines of a secret are taken out on their own when they are as long as this, as those of a private key. */
const SHORTEST_LINE = 16;

/**
 * Takes secrets out of a text that comes in pieces, wherever it is cut: what may be the beginning of one is held back until more is
 * there. What overlaps or touches is taken out together. Each character is looked at once, whatever the secrets are.
 */
export class Redactor {
  readonly #matcher: SecretMatcher | undefined;
  #held = '';
  /** Where secrets are in what is held, in order. */
  #found: Stretch[] = [];
  /** Whether what was handed on last ends with a secret. */
  #isWithin = false;

  /** @param secrets as `formsOf` gives them */
  constructor(secrets: readonly string[]) {
    this.#matcher = secrets.length === 0 ? undefined : new SecretMatcher([...new Set(secrets)]);
  }

  /** @param isLast whether nothing follows */
  take(piece: string, isLast = false): string {
    const matcher = this.#matcher;
    if (matcher === undefined) return piece;
    const text = this.#held + piece;
    for (let at = this.#held.length; at < text.length; at++) matcher.take(text.charCodeAt(at), at, this.#add);
    let end = isLast ? text.length : text.length - matcher.begun;
    // What reaches beyond that place waits as well.
    end = this.#found.find(({ from, to }) => from < end && to > end)?.from ?? end;
    let shown = '';
    let at = 0;
    for (const { from, to } of this.#found) {
      if (to > end) break;
      shown += text.slice(at, from) + (this.#isWithin && from === 0 ? '' : REDACTED);
      at = to;
    }
    if (end > 0) this.#isWithin = at === end;
    this.#found = this.#found.filter(({ to }) => to > end).map(({ from, to }) => ({ from: from - end, to: to - end }));
    this.#held = text.slice(end);
    return shown + text.slice(at, end);
  }

  /** Stretches come by their ends. */
  #add = ({ from, to }: Stretch): void => {
    let first = from;
    for (let last = this.#found.at(-1); last !== undefined && last.to >= first; last = this.#found.at(-1)) {
      first = Math.min(first, last.from);
      this.#found.pop();
    }
    this.#found.push({ from: first, to });
  };
}

/** The forms in which values may be written: as they are, in JSON, in URLs, in base 64, and long lines of theirs. */
export function formsOf(values: readonly string[]): string[] {
  const forms = new Set<string>();
  for (const value of values) {
    for (const text of [value, value.trim(), ...value.split(/\r?\n/).filter(({ length }) => length >= SHORTEST_LINE)]) {
      if (text.length < SHORTEST) continue;
      const bytes = Buffer.from(text);
      for (const form of [
        text,
        text.replaceAll('\r\n', '\n'),
        JSON.stringify(text).slice(1, -1),
        encodeURIComponent(text),
        bytes.toString('base64').replace(/=+$/, ''),
        bytes.toString('base64url'),
      ]) {
        if (form.length >= SHORTEST) forms.add(form);
      }
    }
  }
  return [...forms];
}
