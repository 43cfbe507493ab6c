/** Something wrong with a field of a schema, before it has a fix. */
export interface FieldFault {
  /** Of the field; undefined: the schema as a whole. */
  readonly index: number | undefined;
  readonly code: string;
  /** To be read after the field's name. */
  readonly message: string;
  readonly hint: string;
  /** The constraint that is wrong, where it is one. */
  readonly option?: string;
  readonly upgrade_required?: boolean;
}
