import { checkFormat, generateFile, parseFormat } from '@datamaker/engine';
import { compile } from './compile.ts';
import { invalid } from './invalid.ts';
import type { LocalExportOptions } from './local-options.ts';
import type { TemplateInput } from './template-input.ts';

/**
 * Rows of a template in a format, piece by piece: the bytes that a server sends for the same template and seed.
 * @throws DataMakerError `validation_error`, at the first piece
 */
export async function* exportRows(
  template: TemplateInput,
  { count, seed, from, now, templates, ...wanted }: LocalExportOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const format = parseFormat(wanted);
  if (!format.ok) throw invalid(format.diagnostics);
  const rows = await compile(template, { count, seed, from, now, templates });
  const unfit = checkFormat(format.value, rows.plan);
  if (unfit.length > 0) throw invalid(unfit);
  // The engine uses the memory of a piece again for the next.
  for await (const piece of generateFile(rows.plan, format.value, rows.from, rows.to)) yield piece.slice();
}
