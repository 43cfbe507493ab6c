import { RULES, type Rule } from '../plan/negative-plan.ts';
import { type Diagnostic, failure, type Result, show, success } from '../template/diagnostic.ts';
import { MAX_NAME_LENGTH } from '../template/limits.ts';
import { hasControlCharacters } from '../text/control-characters.ts';
import { nearest } from '../text/nearest.ts';
import type { NegativeOptions } from './negative-options.ts';

const MODES = ['right', 'negative', 'boundary'] as const;
const KEYS = ['share', 'rules', 'fields', 'label'] as const;
/** Names of one list. */
const MAX_NAMES = 1000;

export const DEFAULT_LABEL_COLUMN = '_violation';

/**
 * Checks what a client says of wrong rows.
 * @param mode `right` (or nothing) for right rows, `negative`, `boundary`
 * @param given `{ share?, rules?, fields?, label? }`, where label is `column`, `none` or `{ "column": name }`
 * @returns undefined for right rows
 */
export function parseNegative(mode: unknown, given: unknown): Result<NegativeOptions | undefined> {
  const diagnostics: Diagnostic[] = [];
  const report = (pointer: string, message: string, hint?: string): void => {
    diagnostics.push({ code: 'invalid_negative', pointer, message, ...(hint === undefined ? {} : { hint }) });
  };
  const chosen = (mode ?? undefined) === undefined ? 'right' : MODES.find((one) => one === mode);
  if (chosen === undefined) {
    const near = typeof mode === 'string' ? nearest(mode, MODES) : undefined;
    const hint = `${near === undefined ? '' : `did you mean ${near}? `}modes: ${MODES.join(', ')}`;
    diagnostics.push({ code: 'invalid_mode', pointer: '/mode', message: `unknown mode ${show(mode)}`, hint });
  }
  if ((given ?? undefined) !== undefined && (typeof given !== 'object' || Array.isArray(given))) {
    report('/negative', `\`negative\` must be an object, not ${show(given)}`, `it may have ${KEYS.join(', ')}`);
    return failure(...diagnostics);
  }
  const options = (given ?? {}) as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(options)) {
    if ((KEYS as readonly string[]).includes(key)) continue;
    const near = nearest(key, KEYS);
    report(
      `/negative/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      `unknown key ${show(key)}`,
      near === undefined ? `known: ${KEYS.join(', ')}` : `did you mean \`${near}\`?`,
    );
  }
  const share = options['share'] ?? 100;
  if (typeof share !== 'number' || !(share >= 0.01 && share <= 100)) {
    report(
      '/negative/share',
      `\`share\` must be a number from 0.01 to 100, not ${show(share)}`,
      'percent of wrong rows',
    );
  }
  const rules = names(options['rules'], '/negative/rules', report);
  rules?.forEach((rule, index) => {
    if ((RULES as readonly string[]).includes(rule)) return;
    const near = nearest(rule, RULES);
    diagnostics.push({
      code: 'unknown_rule',
      pointer: `/negative/rules/${index}`,
      message: `unknown rule ${show(rule)}`,
      hint: `${near === undefined ? '' : `did you mean ${near}? `}rules: ${RULES.join(', ')}`,
    });
  });
  const fields = names(options['fields'], '/negative/fields', report);
  const labelColumn = labelOf(options['label'], report);
  if (chosen === 'right' && Object.keys(options).length > 0) {
    report('/negative', '`negative` is for wrong rows only', 'add "mode": "negative" or "boundary", or leave it out');
  }
  if (diagnostics.length > 0) return failure(...diagnostics);
  if (chosen === 'right' || chosen === undefined) return success(undefined);
  return success({
    mode: chosen,
    share: share as number,
    labelColumn,
    ...(rules === undefined ? {} : { rules: rules as readonly Rule[] }),
    ...(fields === undefined ? {} : { fields }),
  });
}

type Report = (pointer: string, message: string, hint?: string) => void;

function names(value: unknown, pointer: string, report: Report): readonly string[] | undefined {
  if ((value ?? undefined) === undefined) return undefined;
  const fine = Array.isArray(value) && value.length > 0 && value.length <= MAX_NAMES;
  if (fine && value.every((name) => typeof name === 'string')) return value;
  report(pointer, `it must be a list of 1 to ${MAX_NAMES} names, not ${show(value)}`, 'leave it out for all');
  return undefined;
}

function labelOf(value: unknown, report: Report): string | null {
  if ((value ?? 'column') === 'column') return DEFAULT_LABEL_COLUMN;
  if (value === 'none') return null;
  const column =
    typeof value === 'object' && value !== null && Object.keys(value).join() === 'column'
      ? (value as { column: unknown }).column
      : undefined;
  if (typeof column === 'string' && column.trim() !== '' && column.length <= MAX_NAME_LENGTH) {
    if (!hasControlCharacters(column) && !/\p{Surrogate}/u.test(column)) return column;
  }
  report(
    '/negative/label',
    `\`label\` must be "column", "none" or { "column": name }, not ${show(value)}`,
    `the column is called ${DEFAULT_LABEL_COLUMN} unless named`,
  );
  return null;
}
