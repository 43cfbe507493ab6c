/** A field as templates have it: `{ name: 'id', type: 'sequence' }`. */
export interface FieldInput {
  readonly name: string;
  readonly type: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly [option: string]: unknown;
}

/** What rows are made of: a template as its file has it, or its fields alone. */
export type TemplateInput =
  | readonly FieldInput[]
  | { readonly fields: readonly FieldInput[]; readonly [key: string]: unknown };
