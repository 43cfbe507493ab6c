/** What MongoDB calls the types of values, in the words of its `$type`; `uuid` is binary data of subtype 4. */
export type BsonType =
  | 'objectId'
  | 'string'
  | 'int'
  | 'long'
  | 'double'
  | 'decimal'
  | 'bool'
  | 'date'
  | 'binData'
  | 'uuid'
  | 'object'
  | 'array'
  | 'null'
  | 'timestamp'
  | 'regex'
  | 'javascript'
  | 'other';

/** What the values at one place of the documents are: as far as was seen, or as a validator says. */
export interface Shape {
  readonly types: Set<BsonType>;
  /** Of objects. */
  readonly fields: Map<string, Shape>;
  /** Of the elements of lists. */
  items: Shape | undefined;
}

export const newShape = (): Shape => ({ types: new Set(), fields: new Map(), items: undefined });

const NUMBERS: ReadonlySet<BsonType> = new Set(['int', 'long', 'double', 'decimal']);

/** The one type that values have but for null; of several kinds of numbers, the one that takes them all. */
export function typeOf(shape: Shape | undefined): BsonType | undefined {
  const types = [...(shape?.types ?? [])].filter((type) => type !== 'null');
  if (types.length <= 1) return types[0];
  if (!types.every((type) => NUMBERS.has(type))) return undefined;
  return (['decimal', 'double', 'long'] as const).find((type) => types.includes(type));
}
