import { createHmac } from 'node:crypto';

/**
 * What tells a request from another under the same key: path, query and body, whatever the order of keys in objects. Keyed, since a body
 * may hold a password, which a plain hash would give away to whoever guesses.
 */
export function hashRequest(secret: string, parts: readonly unknown[]): Buffer {
  const shapes = new Shapes();
  const values = parts.map((part) => shapes.valueOf(part));
  return createHmac('sha256', secret)
    .update(`request\0${JSON.stringify([values, shapes.all])}`)
    .digest();
}

interface Shape {
  /** As an object has them. */
  readonly names: readonly string[];
  readonly sorted: readonly string[];
  readonly id: number;
}

/**
 * Values in which objects have lost their names: those of all rows of a list are the same, and stand once. An object becomes
 * `{ s: number of its names, v: its values in the order of their names }`, so that it cannot be taken for a list.
 */
class Shapes {
  /** Names in order; the first that is met is number 0, in an order that does not hang on that of keys. */
  readonly all: (readonly string[])[] = [];
  readonly #ids = new Map<string, number>();
  #last: Shape | undefined;

  valueOf(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((one) => this.valueOf(one));
    const { sorted, id } = this.#shapeOf(Object.keys(value));
    const v = sorted.map((name) => {
      const inner = (value as Readonly<Record<string, unknown>>)[name];
      return typeof inner === 'object' ? this.valueOf(inner) : inner;
    });
    return { s: id, v };
  }

  #shapeOf(names: readonly string[]): Shape {
    const last = this.#last;
    if (last !== undefined && isSame(last.names, names)) return last;
    const sorted = names.toSorted();
    const text = JSON.stringify(sorted);
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.all.push(sorted) - 1;
      this.#ids.set(text, id);
    }
    this.#last = { names, sorted, id };
    return this.#last;
  }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);
