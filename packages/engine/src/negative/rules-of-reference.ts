import type { Field } from '../template/template.ts';
import type { TypeRules } from '../types/type-rules.ts';

/** A UUID of version 4 with nothing drawn in it: no row has it. */
const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Values that no row of the other template has, where some are known; empty for fields that are no reference. */
export function rulesOfReference({ type, parts }: Field): TypeRules {
  const target = parts?.[0]?.field;
  if (type.key !== 'reference' || target === undefined) return {};
  const values = absentValues(target);
  return values.length === 0
    ? {}
    : { wrong: [{ rule: 'reference', variant: 'row that does not exist', edit: { do: 'set', values } }] };
}

function absentValues({ type, options }: Field): readonly unknown[] {
  if (type.key === 'uuid') return [NOBODY];
  if (type.key === 'sequence') {
    const { start, step, prefix, suffix, width } = options as Record<string, number | string>;
    const before = Number(start) - Math.sign(Number(step));
    const plain = prefix === '' && suffix === '' && width === 0;
    return plain ? [before] : before >= 0 ? [`${prefix}${String(before).padStart(Number(width), '0')}${suffix}`] : [];
  }
  if (type.key === 'number' && options['stringify'] !== true) return [Math.ceil(Number(options['min'])) - 1];
  return [];
}
