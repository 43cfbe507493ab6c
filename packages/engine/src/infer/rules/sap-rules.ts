import sapData from '../data/sap.json' with { type: 'json' };
import type { Reading } from '../parse-name/reading.ts';
import type { TableContext } from '../table/table-context.ts';
import type { Guess } from './guess.ts';

interface SapField {
  readonly type: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly description: string;
}

let fields: ReadonlyMap<string, SapField> | undefined;
const SURE = 0.97;
/** SAP writes its names in capitals and digits. */
const IN_CAPITALS = /^[A-Z][A-Z0-9_]*$/;
const LONGEST = 30;
/** Fields of a table, and their share, from which on it is taken for one of SAP. */
const LEAST_FIELDS = 3;
const MOSTLY = 0.6;

/** Fields of SAP by name, read on first use. */
function known(): ReadonlyMap<string, SapField> {
  fields ??= new Map(Object.entries(sapData as Readonly<Record<string, SapField>>));
  return fields;
}

/** Whether most columns of a table are called as fields of SAP are, in letters of either case. */
export function isOfSap(names: readonly string[]): boolean {
  const enough = Math.max(LEAST_FIELDS, names.length * MOSTLY);
  let found = 0;
  for (let i = 0; i < names.length && found + names.length - i >= enough; i++) {
    const name = names[i] as string;
    if (name.length <= LONGEST && known().has(name.toUpperCase())) found++;
  }
  return found >= enough;
}

/** Fields of SAP tables, by their whole names; small letters count where others of the table are of SAP. */
export function sapGuesses({ name }: Reading, context: TableContext): Guess[] {
  if (name.length > LONGEST || !(IN_CAPITALS.test(name) || context.near.has('sap'))) return [];
  const upper = name.toUpperCase();
  const field = known().get(upper);
  if (field === undefined) return [];
  return [
    {
      type: field.type,
      options: field.options ?? {},
      description: field.description,
      confidence: SURE,
      reason: `${upper} is a field of SAP`,
      source: 'lexicon',
    },
  ];
}
