/** The formats as they are declared: light to load, for those who list them. */
export { type FormatOptionInfo, formatOptionInfos } from './format-option-infos.ts';
export { FORMATS, type Format, type FormatDeclaration, formatTable } from './format-table.ts';
export { isFile } from './is-file.ts';
