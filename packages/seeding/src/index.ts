/** Whole databases: from a schema to rows that keep its rules, and back. */
export { type ApplyOptions, applySeed, type Progress } from './apply/apply-seed.ts';
export type * from './keys/key-rules.ts';
export { type ApplyMaskOptions, applyMask, type MaskPass, type MaskProgress, refuseSame } from './mask/apply-mask.ts';
export type * from './mask/mask-plan.ts';
export type * from './mask/mask-report.ts';
export { type MaskPlanOptions, planMask } from './mask/plan-mask.ts';
export { estimateSeed, type SeedEstimate } from './plan/estimate-seed.ts';
export { isUncompared } from './plan/given-columns.ts';
export { planSeed } from './plan/plan-seed.ts';
export type { FanOut, SeedOptions, TableOptions } from './plan/seed-options.ts';
export type { PlanProblem, SeedPlan, TablePlan } from './plan/seed-plan.ts';
export { tableId } from './plan/table-id.ts';
export { type Chunk, type Receipt, writtenRows } from './receipt/receipt.ts';
export * from './records.ts';
export { nestedTables, type UnknownPath } from './schema-to-template/nested-tables.ts';
export type {
  Filling,
  NestedTable,
  OwnField,
  OwnNotice,
  OwnTemplate,
  OwnTemplateOptions,
} from './schema-to-template/own-template.ts';
export { templateOfTable } from './schema-to-template/template-of-table.ts';
export {
  type TablesOptions,
  type TemplateOfTable,
  type TemplatesOfTables,
  templatesOfTables,
} from './schema-to-template/templates-of-tables.ts';
export type { Use } from './undo/find-uses.ts';
export { type EditedRow, type UndoneTable, type UndoOptions, type UndoReport, undoSeed } from './undo/undo-seed.ts';
export { asList, elementOf } from './verify/as-list.ts';
export { boundConditions, boundsOf } from './verify/bounds.ts';
export { bytesText } from './verify/bytes-text.ts';
export { identityPart } from './verify/identity-text.ts';
export { intervalText } from './verify/interval-text.ts';
export { type Scan, type ScannedRows, type ScanOptions, scanRows } from './verify/scan-rows.ts';
export { type TableCheck, type Verification, verifySeed } from './verify/verify-seed.ts';
