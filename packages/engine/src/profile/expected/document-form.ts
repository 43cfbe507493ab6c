import { rangeOf } from '../../kernel/range.ts';
import type { DocumentPart } from '../../plan/program.ts';
import type { Form } from './value-form.ts';

type Fits = (value: unknown) => boolean;

/** What values some parts of a document make: the same shape, with numbers within their ranges. */
export function documentForm(parts: readonly DocumentPart[]): Form {
  let at = 0;
  const value = (): Fits => {
    const part = parts[at++];
    if (part === '{') return object();
    if (part === '[') return list();
    if (part === undefined || typeof part === 'string') throw new Error('parts of a document make one value');
    if (part.p === 'json') {
      const json = JSON.stringify(part.value);
      return (given) => JSON.stringify(given) === json;
    }
    const { lo, hi } = rangeOf(part.value, new Map());
    const unit = part.p === 'fixed' ? 10 ** part.decimals : 1;
    return (given) => {
      if (typeof given !== 'number') return false;
      const scaled = Math.round(given * unit);
      return scaled / unit === given && scaled >= Number(lo) && scaled <= Number(hi);
    };
  };
  const object = (): Fits => {
    const members: [string, Fits][] = [];
    while (parts[at] !== '}') {
      if (parts[at] === ',') at++;
      const name = parts[at++];
      at++; // the colon
      members.push([String(typeof name === 'object' && name.p === 'json' ? name.value : ''), value()]);
    }
    at++;
    return (given) =>
      given !== null &&
      typeof given === 'object' &&
      Object.keys(given).length === members.length &&
      members.every(([name, fits]) => fits((given as Record<string, unknown>)[name]));
  };
  const list = (): Fits => {
    const items: Fits[] = [];
    while (parts[at] !== ']') {
      if (parts[at] === ',') at++;
      items.push(value());
    }
    at++;
    return (given) => Array.isArray(given) && given.length === items.length && items.every((fits, i) => fits(given[i]));
  };
  return value();
}
