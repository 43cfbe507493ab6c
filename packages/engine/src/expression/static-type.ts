import type { StaticType } from './ast.ts';
import type { Parameter } from './functions/definition.ts';

const ACCEPTED: { readonly [Kind in Parameter]: readonly StaticType[] } = {
  any: ['number', 'string', 'boolean', 'list', 'object'],
  number: ['number'],
  integer: ['number'],
  boolean: ['boolean'],
  text: ['string', 'number', 'boolean'],
  date: ['string'],
  list: ['list'],
  sized: ['string', 'list', 'object'],
  searchable: ['string', 'list'],
};

/** Whether a value of the type may be given for the parameter; an unknown one may always. */
export const accepts = (parameter: Parameter, type: StaticType): boolean =>
  type === 'unknown' || ACCEPTED[parameter].includes(type);
