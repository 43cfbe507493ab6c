import { singular } from '../normalise/singular.ts';
import { entityClassOf } from './entity-class.ts';
import type { EntityClass } from './table-context.ts';

export interface Entity {
  readonly entity: string | undefined;
  readonly entityClass: EntityClass | undefined;
}

/** Columns by which a kind of thing is told where the table's name is not; the share of weight each has. */
const EVIDENCE: readonly {
  readonly entityClass: EntityClass;
  readonly entity: string;
  readonly columns: readonly string[];
}[] = [
  {
    entityClass: 'person',
    entity: 'person',
    columns: [
      'first name',
      'last name',
      'birth date',
      'gender',
      'username',
      'password',
      'surname',
      'age',
      'marital status',
      'job title',
      'salary',
      'given name',
      'date birth',
      'sex',
      'dob',
      'nationality',
      'passport number',
    ],
  },
  {
    entityClass: 'product',
    entity: 'product',
    columns: [
      'price',
      'sku',
      'barcode',
      'stock',
      'brand',
      'ean',
      'unit price',
      'category',
      'product code',
      'quantity',
      'color',
      'isbn',
    ],
  },
  {
    entityClass: 'company',
    entity: 'company',
    columns: [
      'vat number',
      'vat id',
      'industry',
      'website',
      'tax id',
      'fax',
      'registration number',
      'company number',
      'revenue',
      'siret',
      'contact name',
      'number employees',
      'opening hours',
    ],
  },
];
const ENOUGH = 2;

/**
 * What a row is: the noun the table's name ends in, else one the hint speaks of, else what the columns are known of.
 * @param table its words in English
 * @param hint its words in English, the more telling later
 * @param columns their words in English, joined
 */
export function guessEntity(table: readonly string[], hint: readonly string[], columns: ReadonlySet<string>): Entity {
  for (let i = table.length - 1; i >= 0; i--) {
    const noun = table[i] as string;
    const entityClass = entityClassOf(noun);
    if (entityClass !== undefined) return { entity: singular(noun), entityClass };
  }
  const last = table.at(-1);
  const evident = byColumns(columns);
  if (last !== undefined) return { entity: singular(last), entityClass: evident?.entityClass };
  if (evident !== undefined) return evident;
  for (let i = hint.length - 1; i >= 0; i--) {
    const entityClass = entityClassOf(hint[i] as string);
    if (entityClass !== undefined) return { entity: singular(hint[i] as string), entityClass };
  }
  return { entity: undefined, entityClass: undefined };
}

function byColumns(columns: ReadonlySet<string>): Entity | undefined {
  let best: { entity: Entity; count: number } | undefined;
  for (const { entityClass, entity, columns: telling } of EVIDENCE) {
    const count = telling.filter((column) => columns.has(column)).length;
    if (count >= ENOUGH && count > (best?.count ?? 0)) best = { entity: { entity, entityClass }, count };
  }
  return best?.entity;
}
