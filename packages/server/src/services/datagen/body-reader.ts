import { limits, nearest, parseSeed } from '@datamaker/engine';
import type { Problem } from './problem.ts';

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** A value in a message: short, and never more than a glimpse of a long text. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return 'a list';
  return isObject(value) ? 'an object' : String(value);
}

/** Reads the keys of a body one by one and collects all that is wrong; null counts as not given. */
export class BodyReader {
  readonly problems: Problem[] = [];
  readonly #body: Readonly<Record<string, unknown>>;

  constructor(body: unknown, example: Readonly<Record<string, unknown>>) {
    this.#body = isObject(body) ? body : {};
    if (isObject(body)) return;
    const what = body === undefined ? 'there is no body' : `the body is ${show(body)}`;
    this.problems.push({
      code: 'invalid_body',
      message: `${what}; it must be a JSON object`,
      correction_hint: `send for instance ${JSON.stringify(example)}`,
      pointer: '',
      suggested_fix: example,
    });
  }

  /** Whether there is anything to read. */
  get isObject(): boolean {
    return this.problems[0]?.code !== 'invalid_body';
  }

  /** Whether a key itself is given. */
  gives(key: string): boolean {
    return (this.#body[key] ?? null) !== null;
  }

  /** The value under a key, or under another name that it had; undefined when it is not given. */
  take(key: string, ...aliases: readonly string[]): unknown {
    const given = [key, ...aliases].filter((name) => (this.#body[name] ?? null) !== null);
    const [first, ...others] = given;
    for (const other of others) {
      if (JSON.stringify(this.#body[other]) === JSON.stringify(this.#body[first as string])) continue;
      this.problems.push({
        code: 'conflicting_keys',
        field: other,
        message: `${other} and ${first} are the same, but have different values`,
        correction_hint: `keep ${key} and leave the other out`,
        pointer: '',
        suggested_fix: { [other]: null },
      });
    }
    return first === undefined ? undefined : this.#body[first];
  }

  /** Reports a key of the body. @param fix its right value; null: to be left out */
  report(key: string, code: string, message: string, hint: string, fix: unknown, more: Partial<Problem> = {}): void {
    this.problems.push({
      code,
      field: key,
      message,
      correction_hint: hint,
      pointer: '',
      ...this.fix(key, fix),
      ...more,
    });
  }

  /** A fix of a key, which also takes away the other names it was given under. */
  fix(key: string, value: unknown, ...aliases: readonly string[]): { suggested_fix: Record<string, unknown> } {
    const others = aliases.filter((alias) => (this.#body[alias] ?? null) !== null);
    return { suggested_fix: { [key]: value, ...Object.fromEntries(others.map((alias) => [alias, null])) } };
  }

  flag(key: string): boolean {
    const value = this.take(key);
    if (value === undefined || typeof value === 'boolean') return value ?? false;
    this.report(
      key,
      'invalid_value',
      `${key} must be true or false, not ${show(value)}`,
      'write it without quotes',
      false,
    );
    return false;
  }

  text(key: string, maxLength: number): string | undefined {
    const value = this.take(key);
    if (value === undefined) return undefined;
    if (typeof value === 'string' && value.length <= maxLength && value.isWellFormed() && !value.includes('\0')) {
      return value;
    }
    const clean =
      typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '').slice(0, maxLength).toWellFormed() : null;
    const message =
      typeof value === 'string' && value.length > maxLength
        ? `${key} has ${value.length} characters, more than ${maxLength}`
        : typeof value === 'string'
          ? `${key} holds characters that are none`
          : `${key} must be a text, not ${show(value)}`;
    this.report(key, 'invalid_value', message, `a text of at most ${maxLength} characters, or nothing`, clean);
    return undefined;
  }

  oneOf(key: string, values: readonly string[], aliases: readonly string[], code: string): string | undefined {
    const value = this.take(key, ...aliases);
    if (value === undefined) return undefined;
    const found = typeof value === 'string' ? values.find((known) => known === value.toLowerCase()) : undefined;
    if (found !== undefined) return found;
    const near = (typeof value === 'string' ? nearest(value.slice(0, 40), values) : undefined) ?? (values[0] as string);
    const message = `${key} must be one of ${values.join(', ')}, not ${show(value)}`;
    this.report(key, code, message, `for instance "${near}"`, near, this.fix(key, near, ...aliases));
    return undefined;
  }

  seed(): string | undefined {
    const value = this.take('seed');
    if (value === undefined) return undefined;
    const seed = parseSeed(value);
    if (seed.ok) return seed.value;
    for (const { code, message, hint } of seed.diagnostics) {
      const more = `${hint ?? 'a short text'}, of at most ${limits.MAX_SEED_LENGTH} characters; or leave it out`;
      this.report('seed', code, message, more, null);
    }
    return undefined;
  }
}
