import type { ImportedColumn } from './imported-column.ts';
import type { Draft } from './measure-field.ts';
import type { Notices } from './notices.ts';
import { decimalDrafts, integerDrafts } from './number-drafts.ts';
import { draftOfPattern, draftsOfFormat, draftsOfLength } from './text-drafts.ts';
import { type NameContext, type NamedType, typesOfName } from './types-of-name.ts';

/** Where a column stands, and whom to tell what cannot be said of it. */
export interface DraftContext {
  readonly entity: string;
  readonly siblings: ReadonlySet<string>;
  readonly notices: Notices;
  /** How notices call the column. */
  readonly subject: string;
}

const constant = (value: unknown): Draft => ({ type: 'constant', options: { value } });

/**
 * What may give the values of a column that is no object or list, the best first. What the column says decides before
 * what its name suggests; the last draft always works.
 */
export function draftsOf(column: ImportedColumn, context: DraftContext): Draft[] {
  const { kind, values, weights, literal, field, ...others } = column;
  if (field !== undefined) return [field, ...draftsOf({ ...others, kind }, context)];
  if (literal === null) return [{ type: 'null', options: {} }];
  if (literal !== undefined) return [constant(literal)];
  if (values !== undefined) return enumDrafts(values, weights);
  if (column.references !== undefined) return referenceDrafts(column, context);
  if (column.primaryKey === true && kind === 'integer') return [{ type: 'sequence', options: {} }];
  if (column.generated === true && (kind === 'integer' || kind === 'decimal'))
    return [{ type: 'sequence', options: {} }];
  const named = typesOfName(column.name, nameContext(column, context));
  switch (kind) {
    case 'integer':
      return integerDrafts(column, named);
    case 'decimal':
      return decimalDrafts(column, named);
    case 'boolean':
      return [
        { type: 'boolean', options: column.probability === undefined ? {} : { probability: column.probability } },
      ];
    case 'date':
    case 'datetime':
      return temporalDrafts(kind, column, named);
    case 'time':
      return [{ type: 'time', options: {} }];
    case 'uuid':
      return [{ type: 'uuid', options: {} }];
    case 'binary': {
      context.notices.add(
        'binary_as_text',
        column.place,
        `${column.declared ?? 'binary data'} is filled with hexadecimal digits`,
        context.subject,
      );
      return binaryDrafts(column);
    }
    case 'json':
      context.notices.add(
        'json_content',
        column.place,
        'the source does not say what is in the JSON: it is always {}',
        context.subject,
      );
      return [constant({})];
    case 'any':
      context.notices.add(
        'unknown_type',
        column.place,
        column.declared === undefined
          ? 'the source gives no type: filled with words'
          : `the type ${column.declared} is not known: filled with words`,
        context.subject,
      );
      return textDrafts(column, context, typesOfName(column.name, nameContext({ ...column, kind: 'text' }, context)));
    default:
      return textDrafts(column, context, named);
  }
}

/** Two digits for each byte, and no more than a column may have characters: databases differ in which of the two they count. */
const binaryDrafts = ({ maxLength = 16 }: ImportedColumn): Draft[] => [
  { type: 'regex', options: { pattern: `[0-9a-f]{${Math.max(1, Math.min(16, maxLength))}}` } },
];

const nameContext = (column: ImportedColumn, { entity, siblings }: DraftContext): NameContext => ({
  kind: column.kind,
  entity,
  siblings,
});

function enumDrafts(values: readonly unknown[], weights: readonly number[] | undefined): Draft[] {
  if (values.length === 0) return [{ type: 'null', options: {} }];
  if (values.length === 1) return [constant(values[0])];
  return [{ type: 'enum', options: weights === undefined ? { values } : { values, weights } }];
}

/** Keys of rows elsewhere: the numbers that a sequence gives to its first hundred rows. */
function referenceDrafts(column: ImportedColumn, { notices, subject }: DraftContext): Draft[] {
  const { entity, column: target } = column.references ?? { entity: '' };
  const to = target === undefined ? entity : `${entity}.${target}`;
  const say = (message: string): void =>
    notices.add('foreign_key', column.place, `refers to ${to}: ${message}`, subject);
  if (column.kind === 'integer' || column.kind === 'decimal') {
    say('filled with 1 to 100, the keys of its first hundred rows where they count from 1');
    return integerDrafts(
      {
        ...column,
        kind: 'integer',
        min: 1,
        max: Math.min(100, column.max ?? 100),
        scale: 0,
        unique: false,
        primaryKey: false,
      },
      [],
    );
  }
  say('its values are not those of the other table');
  return column.kind === 'uuid'
    ? [{ type: 'uuid', options: {} }]
    : draftsOfLength({ ...column, unique: column.unique === true || column.primaryKey === true });
}

function temporalDrafts(kind: 'date' | 'datetime', column: ImportedColumn, named: readonly NamedType[]): Draft[] {
  const { earliest, latest } = column;
  const bounds = {
    ...(earliest === undefined ? {} : { min: earliest }),
    ...(latest === undefined ? {} : { max: latest }),
  };
  const plain = [
    { type: kind, options: bounds },
    { type: kind, options: {} },
  ];
  if (Object.keys(bounds).length > 0) return plain;
  return [...named.filter(({ type }) => type === kind || (kind === 'date' && type === 'birthdate')), ...plain];
}

function textDrafts(column: ImportedColumn, context: DraftContext, named: readonly NamedType[]): Draft[] {
  const drafts: Draft[] = [];
  if (column.pattern !== undefined) {
    const draft = draftOfPattern(column.pattern, column);
    if (typeof draft === 'string')
      context.notices.add(
        'pattern_not_supported',
        column.place,
        `the pattern ${JSON.stringify(column.pattern.slice(0, 100))} is left out: ${draft}`,
        context.subject,
      );
    else drafts.push(draft);
  }
  if (column.format !== undefined) {
    const known = draftsOfFormat(column.format);
    if (known.length === 0)
      context.notices.add(
        'unknown_format',
        column.place,
        `the format ${JSON.stringify(column.format.slice(0, 100))} is not known`,
        context.subject,
      );
    drafts.push(...known);
  }
  return [...drafts, ...named, ...draftsOfLength(column)];
}
