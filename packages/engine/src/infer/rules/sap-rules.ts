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

/** Fields of SAP tables, by their whole names; small letters count where others of the table are of SAP. */
export function sapGuesses({ name }: Reading, context: TableContext): Guess[] {
  if (name.length > LONGEST) return [];
  const upper = name.toUpperCase();
  fields ??= new Map(Object.entries(sapData as Readonly<Record<string, SapField>>));
  const field = fields.get(upper);
  if (field === undefined || !(IN_CAPITALS.test(name) || context.near.has('sap'))) return [];
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
