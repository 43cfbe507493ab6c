/** Rows of templates without a server: the engine in the process of whoever asks. */
export { Data } from './data.ts';
export { exportRows } from './export-rows.ts';
export { generate } from './generate.ts';
export type { LocalExportOptions, LocalOptions } from './local-options.ts';
export { stream } from './stream.ts';
export type { FieldInput, TemplateInput } from './template-input.ts';
