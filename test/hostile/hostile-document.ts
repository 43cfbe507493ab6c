import type { ImportKind } from '@datamaker/engine/import';

/** A document that somebody might send to do harm. */
export interface HostileDocument {
  readonly name: string;
  /** What it pretends to be. */
  readonly kind: ImportKind;
  /** Made when it is needed: some are large. */
  bytes(): Uint8Array;
}

export const MIB = 1024 * 1024;
export const utf8 = (text: string): Uint8Array => Buffer.from(text);
export const times = (count: number, make: (index: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(between);

type Content = string | Uint8Array | (() => string | Uint8Array);
/** Documents of a kind by what is wrong with them. */
export function documents(kind: ImportKind, contents: Readonly<Record<string, Content>>): HostileDocument[] {
  return Object.entries(contents).map(([name, content]) => ({
    name: `${kind}: ${name}`,
    kind,
    bytes: () => {
      const made = typeof content === 'function' ? content() : content;
      return typeof made === 'string' ? utf8(made) : made;
    },
  }));
}
