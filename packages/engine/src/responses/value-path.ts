/** One step into a value: a member, an element, or all of either. */
export type Step = string | number | typeof ALL;
export const ALL = Symbol('all members');

/** Where values are in an answer. */
export interface ValuePath {
  readonly ok: true;
  /** Where the records are in the whole answer; undefined: they are the rows that the system gives. */
  readonly records: readonly Step[] | undefined;
  /** Where the value is in a record; nothing: it is the record. */
  readonly value: readonly Step[];
}

const MAX_STEPS = 64;

/**
 * Reads where a value is: a member of the rows (`name`), a JSON path with members, elements and `[*]` (RFC 9535, without filters,
 * slices and descendants), or a JSON pointer (RFC 6901). What follows the last `[*]` is looked for in each record.
 */
export function parseValuePath(text: string): ValuePath | { readonly ok: false; readonly message: string } {
  if (text.startsWith('/')) {
    if (!/^(\/([^~/]|~[01])*)+$/.test(text)) return wrong('it is no JSON pointer: ~ stands for itself as ~0');
    const steps = text
      .slice(1)
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    return steps.length > MAX_STEPS ? tooDeep : { ok: true, records: steps, value: [] };
  }
  if (!text.startsWith('$')) return { ok: true, records: undefined, value: [text] };
  const steps: Step[] = [];
  const step =
    /\.(\*|[\p{L}_][\p{L}\p{N}_-]*)|\[\s*(?:(\*)|(\d{1,9})|'((?:[^'\\]|\\['\\])*)'|"((?:[^"\\]|\\["\\])*)")\s*\]/uy;
  for (step.lastIndex = 1; step.lastIndex < text.length; ) {
    const at = step.lastIndex;
    const found = step.exec(text);
    if (found === null) return wrong(`there is no step of a JSON path at character ${at + 1}`);
    const [, member, all, index, single, double] = found;
    const quoted = single ?? double;
    if (all !== undefined || member === '*') steps.push(ALL);
    else if (index !== undefined) steps.push(Number(index));
    else steps.push(quoted === undefined ? (member as string) : quoted.replaceAll(/\\(.)/g, '$1'));
  }
  if (steps.length > MAX_STEPS) return tooDeep;
  const last = steps.lastIndexOf(ALL);
  return { ok: true, records: steps.slice(0, last + 1), value: last < 0 ? steps : steps.slice(last + 1) };
}

const wrong = (message: string) => ({ ok: false, message }) as const;
const tooDeep = wrong(`it has more than ${MAX_STEPS} steps`);

/** What one step leads to; undefined: nothing. */
export function stepInto(value: unknown, step: string | number): unknown {
  if (value === null || typeof value !== 'object') return undefined;
  if (!Array.isArray(value)) {
    const key = String(step);
    return Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
  }
  return typeof step === 'number' || /^(0|[1-9]\d{0,8})$/.test(step) ? value[Number(step)] : undefined;
}

/** The records of an answer: a list that is pointed at stands for its elements. */
export function recordsAt(answer: unknown, steps: readonly Step[]): readonly unknown[] {
  let found: unknown[] = [answer];
  for (const step of steps) {
    found = step === ALL ? found.flatMap(membersOf) : found.map((one) => stepInto(one, step));
    found = found.filter((one) => one !== undefined);
  }
  return steps.at(-1) === ALL ? found : found.flatMap((one) => (Array.isArray(one) ? one : [one]));
}

const membersOf = (value: unknown): unknown[] => {
  if (value === null || typeof value !== 'object') return [];
  return Array.isArray(value) ? value : Object.values(value);
};
