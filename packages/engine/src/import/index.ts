/** Templates from schemas and samples. Apart from the engine proper, because reading YAML, XML and CSV needs libraries. */
export { type PatternTexts, textsOfPattern } from '../regex/texts-of-pattern.ts';
export { decodeSource } from './decode-source.ts';
export { IMPORT_KINDS, type ImportKind } from './import-kinds.ts';
export { ImportRefused } from './import-refused.ts';
export { type Imported, type ImportOptions, importSchema } from './import-schema.ts';
export type { ColumnKind, ImportedColumn, ImportedEntity } from './imported-column.ts';
export { MAX_IMPORT_BYTES } from './limits.ts';
export { measureField } from './measure-field.ts';
export { type Notice, Notices } from './notices.ts';
export { type OpenApiOperation, openApiOperations } from './openapi-operations.ts';
export { parseXml, type XmlElement } from './parse-xml.ts';
export { readSheet, type Sheet, type SheetOptions } from './read-sheet.ts';
export { type SqlToken, tokenizeSql } from './sql/tokenize.ts';
export type { FieldDocument, TemplateDocument } from './template-document.ts';
export { TemplateMaker } from './to-template.ts';
export type { Cell, SheetRow } from './xlsx/cell.ts';
export { looksLikeWorkbook } from './xlsx/file-signature.ts';
