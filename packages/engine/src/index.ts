/**
 * The engine: a template is parsed, compiled into a plan, and the plan yields rows. Pure: no input or output, runs in
 * Node, a worker thread and the browser. Worker threads are in `@datamaker/engine/run`.
 */
export { type CompileOptions, compileTemplate } from './compile/compile-template.ts';
export { drawSeed } from './compile/draw-seed.ts';
export { ExternalError } from './external/external-error.ts';
export { type ExternalField, type ExternalLevel, externalLevels, hasExternal } from './external/external-levels.ts';
export type { ExternalBlock, ExternalMaker } from './external/external-maker.ts';
export { settled } from './external/settled.ts';
export { type ValuesOf, valuesOf } from './external/values-of.ts';
export { checkFormat } from './format/check-format.ts';
export { type FormatOptionInfo, formatOptionInfos } from './format/format-option-infos.ts';
export { type FormatOptions, formatInfo, parseFormat } from './format/format-options.ts';
export { FORMATS, type Format } from './format/format-table.ts';
export { isFile } from './format/is-file.ts';
export { SQL_DIALECTS, type SqlDialect } from './format/sql-dialect.ts';
export { type ScalarKind, scalarKinds } from './kernel/scalar-kinds.ts';
export { localeCodes } from './locales/load-locale.ts';
export {
  COVERAGE_FAMILIES,
  type CoverageFamily,
  type FamilyCoverage,
  type LocaleCoverage,
  localeCoverage,
} from './locales/locale-coverage.ts';
export * from './mask/index.ts';
export { type NegativeOptions, parseNegative } from './negative/index.ts';
export type { ExternalValues } from './plan/external-values.ts';
export { holdsAt } from './plan/holds-at.ts';
export { type Label, RULES, type Rule } from './plan/negative-plan.ts';
export type { NowDependence, Plan } from './plan/plan.ts';
export { reseed } from './plan/reseed.ts';
export * from './profile/index.ts';
export { type ResponseRequest, type Responses, responsesOf } from './responses/responses.ts';
export { recordsAt } from './responses/value-path.ts';
export { generateBytes } from './rows/generate-bytes.ts';
export { generateFile } from './rows/generate-file.ts';
export { generateRows } from './rows/generate-rows.ts';
export { labelsOf } from './rows/labels-of.ts';
export { prepareGenerator } from './rows/prepare-generator.ts';
export type { ResidentGenerator } from './rows/resident-generator.ts';
export { RowMaker } from './rows/row-maker.ts';
export type { Diagnostic, Result } from './template/diagnostic.ts';
export * as limits from './template/limits.ts';
export { parseCount, parseSeed } from './template/parse-parameters.ts';
export { type ParseOptions, parseTemplate } from './template/parse-template.ts';
export { parseTemplateText } from './template/parse-text.ts';
export type { Template } from './template/template.ts';
export { isDeeperThan } from './text/is-deeper-than.ts';
export { locateJsonError } from './text/locate-json-error.ts';
export { nearest } from './text/nearest.ts';
export { commonOptionInfos, type FieldTypeInfo, fieldTypes, type OptionInfo } from './types/field-type-info.ts';
