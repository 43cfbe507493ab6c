/** Values of options as people type them, and back. */

/** A list, one value in a line. Numbers, true, false and null are themselves; in quotes they are texts. */
export function readLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const word = line.trim();
      if (!/^(-?\d|true$|false$|null$|")/.test(word)) return word;
      try {
        return JSON.parse(word);
      } catch {
        return word;
      }
    });
}

export const showLines = (values: readonly unknown[]): string =>
  values.map((value) => (typeof value === 'string' && readsAsText(value) ? value : JSON.stringify(value))).join('\n');

/** Whether a text, written as it is, is read as the same text again. */
const readsAsText = (text: string): boolean => readLines(text).length === 1 && readLines(text)[0] === text;

/** `3`, or `1-4` for `{ min: 1, max: 4 }`. What is neither stays as it is, and is refused as such. */
export function readCount(text: string): unknown {
  const [, min, max] = /^\s*(\d+)\s*(?:-|–|to)\s*(\d+)\s*$/.exec(text) ?? [];
  if (min !== undefined) return { min: Number(min), max: Number(max) };
  return readNumber(text);
}

export function showCount(value: unknown): string {
  const { min, max } = (value ?? {}) as { min?: unknown; max?: unknown };
  return min === undefined ? showPlain(value) : `${min}-${max}`;
}

/** A number; what is none stays a text, so that what is wrong can be said of it. */
export function readNumber(text: string): unknown {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? text : number;
}

export const showPlain = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** Weights: numbers with commas between them, or an object of JSON. */
export function readWeights(text: string): unknown {
  if (text.trim().startsWith('{')) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  return text
    .split(/[,\s]+/)
    .filter(Boolean)
    .map(readNumber);
}

export const showWeights = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : showPlain(value));
