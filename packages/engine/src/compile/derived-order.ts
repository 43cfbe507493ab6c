import { type Diagnostic, show } from '../template/diagnostic.ts';
import type { Field } from '../template/template.ts';

/** Reports fields that depend on themselves, at every level. */
export function checkDerivedOrder(fields: readonly Field[], diagnostics: Diagnostic[]): void {
  const derived = new Map(
    fields.flatMap((field) => (fieldsMadeFrom(field).length === 0 ? [] : [[field.name, field] as const])),
  );
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string): void => {
    const field = derived.get(name);
    if (field === undefined || state.get(name) === 'done') return;
    if (state.get(name) === 'open') {
      diagnostics.push({
        code: 'cyclic_expression',
        pointer: `${field.pointer}/options/${field.expression === undefined ? 'field' : 'expression'}`,
        message: `${show(name)} depends on itself`,
        hint: 'break the circle of fields',
      });
      return;
    }
    state.set(name, 'open');
    for (const reference of fieldsMadeFrom(field)) visit(reference);
    state.set(name, 'done');
  };
  for (const name of derived.keys()) visit(name);
  for (const field of fields) {
    if (field.nested !== undefined) checkDerivedOrder(field.nested.fields, diagnostics);
  }
}

const BY_FIELD = ['switch', 'mapped', 'running_total'];

/** The other fields that a field is made from. */
export function fieldsMadeFrom({ type, options, expression }: Field): readonly string[] {
  if (expression !== undefined) return [...expression.references];
  return BY_FIELD.includes(type.key) ? [options['field'] as string] : [];
}
