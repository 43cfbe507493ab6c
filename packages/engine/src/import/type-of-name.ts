import { findType } from '../types/registry.ts';
import names from './data/column-names.json' with { type: 'json' };
import type { ColumnKind } from './imported-column.ts';

/** What is known of a column besides its name. */
export interface NameContext {
  readonly kind: ColumnKind;
  /** The table or object it is in. */
  readonly entity?: string;
  /** Names of the columns beside it. */
  readonly siblings?: ReadonlySet<string>;
  readonly maxLength?: number;
}

/** A field type that suits a name. */
export interface NamedType {
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
}

interface Entry {
  readonly names: readonly string[];
  readonly kinds: readonly string[];
  readonly types: readonly { readonly type: string; readonly options?: Readonly<Record<string, unknown>> }[];
  /** Only for the whole name, not for the end of a longer one. */
  readonly whole?: boolean;
  /** Only in tables of these names. */
  readonly entities?: readonly string[];
  /** Only next to a column of one of these names. */
  readonly beside?: readonly string[];
  /** Only for texts no longer than this. */
  readonly maxLength?: number;
}

const byName = new Map<string, Entry[]>();
for (const entry of names as readonly Entry[]) {
  for (const name of entry.names) byName.set(name, [...(byName.get(name) ?? []), entry]);
}

/**
 * The field types that suit a column's name, the best first; empty when the name says nothing. A longer name is known by
 * its end (`billing_city` is a city), unless what it ends in means little alone.
 */
export function typesOfName(name: string, context: NameContext): NamedType[] {
  const words = wordsOf(name);
  for (let from = 0; from < words.length; from++) {
    const end = words.slice(from);
    const entries =
      byName.get(end.join('_')) ?? byName.get([...end.slice(0, -1), singular(end.at(-1) ?? '')].join('_')) ?? [];
    const fitting = entries.filter((entry) => suits(entry, context, from > 0));
    const types = fitting.flatMap((entry) => entry.types).filter(({ type }) => findType(type) !== undefined);
    if (types.length > 0) return types.map(({ type, options }) => ({ type, options: options ?? {} }));
  }
  return [];
}

function suits(entry: Entry, { kind, entity, siblings, maxLength }: NameContext, isEnd: boolean): boolean {
  if (!entry.kinds.includes(kind)) return false;
  if (isEnd && (entry.whole === true || entry.entities !== undefined)) return false;
  if (entry.entities !== undefined && !entry.entities.includes(singular(wordsOf(entity ?? '').at(-1) ?? '')))
    return false;
  if (entry.beside !== undefined && !entry.beside.some((other) => siblings?.has(other))) return false;
  return entry.maxLength === undefined || (maxLength !== undefined && maxLength <= entry.maxLength);
}

const singular = (word: string): string =>
  word.endsWith('ies')
    ? `${word.slice(0, -3)}y`
    : word.endsWith('s') && !word.endsWith('ss')
      ? word.slice(0, -1)
      : word;

/** The words of a name in lower case: `CustomerEMail_2` gives customer, e, mail, 2. */
export function wordsOf(name: string): string[] {
  const parts: string[] = name.slice(0, 200).match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  return parts.map((part) => part.toLowerCase());
}
