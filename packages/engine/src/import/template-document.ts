/** A template as it is written down, before it is parsed. */
export interface TemplateDocument {
  readonly name: string;
  readonly fields: readonly FieldDocument[];
}

export interface FieldDocument {
  readonly name: string;
  readonly type: string;
  readonly options?: Readonly<Record<string, unknown>>;
}
