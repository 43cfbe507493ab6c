import { readFileSync } from 'node:fs';
import { templateFile } from '../../contenders/contenders.ts';

interface Field {
  readonly name: string;
  readonly type: string;
  readonly options?: object;
}

/** The name of the field that is typed into; what is typed is the value of the first row. */
export const TYPED = 'typed';

/** The fields of the workload, one to type into, and others up to a number of them. */
export function fieldsOf(count: number): Field[] {
  const { fields } = JSON.parse(readFileSync(templateFile, 'utf8')) as { fields: Field[] };
  const typed = { name: TYPED, type: 'sequence', options: { start: 9 } };
  const types = ['full_name', 'company', 'city', 'number', 'boolean', 'date', 'uuid', 'job_title'];
  const others = Array.from({ length: Math.max(0, count - fields.length - 1) }, (_, index) => ({
    name: `field_${index}`,
    type: types[index % types.length] ?? 'uuid',
    ...(types[index % types.length] === 'number' ? { options: { min: 0, max: 1000 } } : {}),
  }));
  return [typed, ...fields, ...others].slice(0, count);
}
