/** Something that each value by itself is or is not. */
export interface ValueTest {
  /** Of the check: stable, snake_case. */
  readonly name: string;
  /** The values that fail it, in words. */
  readonly what: string;
  /** @param value not null @param siblings the object that it stands in; empty for an element of a list */
  passes(value: unknown, siblings: Readonly<Record<string, unknown>>): boolean;
}
