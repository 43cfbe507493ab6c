/** What the values of a field are, as far as it is known before any is made: for formats whose columns have types. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Whether null can occur. */
  readonly nullable: boolean;
}

export type ColumnType =
  /** `uuid`: 36 characters, `time`: hh:mm:ss, `date`: YYYY-MM-DD, `datetime`: an ISO 8601 moment in UTC. */
  | { readonly kind: 'boolean' | 'date' | 'time' | 'datetime' | 'uuid' }
  | { readonly kind: 'integer'; readonly min: bigint; readonly max: bigint }
  /** Numbers with `scale` digits behind the point, and at most `precision` digits in all. */
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  /** Any number a double holds. */
  | { readonly kind: 'number' }
  /** Texts of at most so many UTF-8 bytes. Values that are no texts stand as their JSON. */
  | { readonly kind: 'text'; readonly maxBytes: number }
  /** Objects of known fields, or lists of such. */
  | { readonly kind: 'object' | 'list'; readonly fields: readonly Column[] }
  /** Objects and lists of any shape. */
  | { readonly kind: 'json' };
