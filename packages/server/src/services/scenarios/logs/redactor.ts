/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** A value of fewer characters is in too many words to be taken out. */
export const SHORTEST = 4;
/** Lines of a secret are taken out on their own when they are as long as this, as those of a private key. */
const SHORTEST_LINE = 16;

/** A set of texts, by the two characters they begin with. */
type ByStart = ReadonlyMap<number, readonly string[]>;

const startOf = (text: string, at: number): number => (text.charCodeAt(at) << 16) | text.charCodeAt(at + 1);

/**
 * Takes secrets out of a text that comes in pieces, wherever it is cut: what may be the beginning of one is held back until more is
 * there. What overlaps is taken out together.
 */
export class Redactor {
  readonly #secrets: ByStart;
  readonly #firsts: ReadonlySet<string>;
  readonly #longest: number;
  #held = '';

  /** @param secrets as `formsOf` gives them */
  constructor(secrets: readonly string[]) {
    const byStart = new Map<number, string[]>();
    for (const secret of new Set(secrets)) {
      const start = startOf(secret, 0);
      byStart.set(start, [...(byStart.get(start) ?? []), secret]);
    }
    this.#secrets = byStart;
    this.#firsts = new Set(secrets.map((secret) => secret.charAt(0)));
    this.#longest = Math.max(0, ...secrets.map(({ length }) => length));
  }

  /** @param isLast whether nothing follows */
  take(piece: string, isLast = false): string {
    const text = this.#held + piece;
    if (this.#longest === 0) return text;
    const found = this.#find(text);
    let end = isLast ? text.length : this.#beginning(text);
    // What reaches beyond that place waits as well.
    const across = found.find(({ from, to }) => from < end && to > end);
    if (across !== undefined) end = across.from;
    this.#held = text.slice(end);
    let shown = '';
    let at = 0;
    for (const { from, to } of found) {
      if (to > end) break;
      shown += text.slice(at, from) + REDACTED;
      at = to;
    }
    return shown + text.slice(at, end);
  }

  /** Where secrets are, in order; those that overlap or touch are one. */
  #find(text: string): { from: number; to: number }[] {
    const found: { from: number; to: number }[] = [];
    for (let at = 0; at < text.length - 1; at++) {
      const candidates = this.#secrets.get(startOf(text, at));
      if (candidates === undefined) continue;
      for (const secret of candidates) {
        if (!text.startsWith(secret, at)) continue;
        const to = at + secret.length;
        const last = found.at(-1);
        if (last === undefined || last.to < at) found.push({ from: at, to });
        else last.to = Math.max(last.to, to);
      }
    }
    return found;
  }

  /** From where on the end of a text may be the beginning of a secret. */
  #beginning(text: string): number {
    for (let at = Math.max(0, text.length - this.#longest + 1); at < text.length; at++) {
      if (!this.#firsts.has(text.charAt(at))) continue;
      const tail = text.slice(at);
      const candidates =
        tail.length > 1 ? (this.#secrets.get(startOf(tail, 0)) ?? []) : [...this.#secrets.values()].flat();
      if (candidates.some((secret) => secret.length > tail.length && secret.startsWith(tail))) return at;
    }
    return text.length;
  }
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
