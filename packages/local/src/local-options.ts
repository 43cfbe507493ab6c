import type { TemplateInput } from './template-input.ts';

/** Which rows of a template. */
export interface LocalOptions {
  /** How many rows. */
  readonly count: number;
  /** Drawn unless given. */
  readonly seed?: string | number | undefined;
  /** The number of the first row: row i of a seed is always the same. Default 0. */
  readonly from?: number | undefined;
  /** The moment that `"now"` means in templates. Default: now. */
  readonly now?: Date | undefined;
  /** The templates that `template_id` of fields names, by their ids. */
  readonly templates?: Readonly<Record<string, TemplateInput>> | undefined;
}

/** The same in a format, with its options beside (`delimiter`, `dialect`, …). */
export interface LocalExportOptions extends LocalOptions {
  readonly format: string;
  readonly [option: string]: unknown;
}
