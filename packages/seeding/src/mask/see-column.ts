import type { Column, Row, Table, Value } from '@datamaker/connectors';
import { detectByName, detectByValue, fieldTypes, type Strategy, typeFor } from '@datamaker/engine';
import { guessTypes } from '@datamaker/engine/infer';
import personalTypes from './data/personal-types.json' with { type: 'json' };

/** What is seen of a column: that it holds personal data, and what would fit it. */
export interface Seen {
  /** `email, by its name`. */
  readonly why: string;
  readonly strategy: Strategy;
  /** A type of the engine that makes such values. */
  readonly type: string | undefined;
}

const CREDENTIAL =
  /(^|_)(passw(or)?d|passwort|secret|api_?key|access_?token|refresh_?token|auth_?token|pin)(_?(hash|digest|salt))?($|_)/i;

/** Strategies by type of the catalogue; those that are marked sensitive there and named in no list are masked by their form. */
const STRATEGY_OF = new Map<string, Strategy>([
  ...fieldTypes().flatMap(({ key, sensitive }): [string, Strategy][] => (sensitive ? [[key, 'format-preserve']] : [])),
  ...Object.entries(personalTypes).flatMap(([strategy, types]) =>
    types.map((type): [string, Strategy] => [type, strategy as Strategy]),
  ),
]);

/** Kinds of columns that say nothing of a person by themselves. */
const SILENT = new Set<Column['kind']>(['boolean', 'interval', 'bits', 'time']);

/**
 * Looks at columns of a table: at their names, with those beside them and the table's, and at some rows.
 * @returns by name of the column; without those in which nothing is seen
 */
export function seeColumns(table: Table, rows: readonly Row[]): ReadonlyMap<string, Seen> {
  const guesses = guessTypes(
    table.columns.map(({ name }) => name),
    { table: table.name },
  );
  const seen = new Map<string, Seen>();
  table.columns.forEach((column, i) => {
    if (SILENT.has(column.kind)) return;
    const found = byName(column, guesses[i]?.[0]?.type) ?? byValues(column, rows);
    if (found !== undefined) seen.set(column.name, { ...found, strategy: fitting(column, found.strategy) });
  });
  return seen;
}

function byName(column: Column, guess: string | undefined): Seen | undefined {
  if (CREDENTIAL.test(column.name)) return { why: 'a secret, by its name', strategy: 'redact', type: undefined };
  const personal = detectByName(column.name);
  const guessed = guess === undefined ? undefined : STRATEGY_OF.get(guess);
  // A name alone may be anybody's or anything's: what stands beside it and the table's name tell more.
  const isOfThing = personal === 'name' && /^name$/i.test(column.name) && guess !== undefined && guessed === undefined;
  if (personal !== undefined && !isOfThing) {
    const type = guessed === undefined ? typeFor(personal) : guess;
    const strategy = personal === 'birth date' ? 'shift' : (STRATEGY_OF.get(type ?? '') ?? 'format-preserve');
    return { why: `${personal}, by its name`, strategy, type };
  }
  if (guess === undefined || guessed === undefined) return undefined;
  return { why: `${guess.replaceAll('_', ' ')}, by its name`, strategy: guessed, type: guess };
}

function byValues(column: Column, rows: readonly Row[]): Seen | undefined {
  let filled = 0;
  let whole = 0;
  let kind: ReturnType<typeof detectByValue>;
  for (const row of rows) {
    const value = row[column.name] ?? null;
    if (value === null) continue;
    filled++;
    const found = personalIn(value);
    if (found === undefined) continue;
    whole++;
    kind ??= found;
  }
  if (kind === undefined) return undefined;
  // In a few of many values it stands in texts, with words around it.
  const isColumnOfIt = whole * 2 > filled;
  return { why: `${kind}, by a value`, strategy: isColumnOfIt ? 'format-preserve' : 'redact', type: typeFor(kind) };
}

/** What kind of personal data is in a value, or in what it is made of. */
export function personalIn(value: Value): ReturnType<typeof detectByValue> {
  if (value === null || typeof value === 'boolean' || value instanceof Uint8Array) return undefined;
  if (typeof value !== 'object') return detectByValue(value);
  if (Array.isArray(value)) {
    for (const element of value as readonly Value[]) {
      const found = personalIn(element);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const [key, inner] of Object.entries(value)) {
    const found = typeof inner === 'boolean' || inner === null ? undefined : (detectByName(key) ?? personalIn(inner));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Shorter texts are codes out of a few (`M`, `F`): no fake of their type is as short, and nobody is known by them. */
const SHORTEST = 3;

/** A strategy that a column can take, where the one for what it holds is none. */
function fitting({ kind, type, values, maxLength }: Column, strategy: Strategy): Strategy {
  const isCode = kind === 'text' && maxLength !== null && maxLength < SHORTEST;
  if (values !== null || type === 'cidr' || isCode) return 'preserve';
  switch (kind) {
    case 'text':
      return strategy === 'shift' ? 'replace' : strategy;
    case 'date':
    case 'datetime':
    case 'datetime_zoned':
      return 'shift';
    case 'integer':
    case 'decimal':
    case 'float':
    case 'uuid':
    case 'ip':
      return 'format-preserve';
    case 'json':
    case 'binary':
      return 'redact';
    default:
      return 'preserve';
  }
}
