import { fieldTypes } from '@datamaker/engine';
import { CONFIDENT } from '@datamaker/engine/inference';

let sensitiveTypes: ReadonlySet<string> | undefined;

/** Beyond so many columns nobody looks at their names. */
const MOST = 1000;

/** Which columns hold sensitive values, as far as their names tell: rows that are given are not marked. */
export async function sensitiveColumns(names: readonly string[]): Promise<readonly string[]> {
  const { inferTemplate } = await import('@datamaker/engine/infer');
  sensitiveTypes ??= new Set(fieldTypes().flatMap(({ key, sensitive }) => (sensitive ? [key] : [])));
  const sensitive = sensitiveTypes;
  return inferTemplate(names.slice(0, MOST))
    .fields.filter(({ type, confidence }) => confidence >= CONFIDENT && sensitive.has(type))
    .map(({ name }) => name);
}
