import type { Int } from '../plan/program.ts';
import { byteLength } from '../text/utf8.ts';
import { lengthsOf } from './list-lengths.ts';
import type { Op } from './op.ts';
import { type Range, rangeOf } from './range.ts';

/** Sign, point, the zeros before the digits of a small number and 17 digits. */
const MOST_REAL = 26;

/** The most bytes that one run of the operations can write, JavaScript columns left out. */
export function maxBytes(ops: readonly Op[], variables = new Map<string, Range>()): number {
  const range = (int: Int): Range => rangeOf(int, variables);
  const decimal = (int: Int): number => {
    const { lo, hi } = range(int);
    return Math.max(String(lo).length, String(hi).length);
  };
  let total = 0;
  for (const op of ops) {
    switch (op.o) {
      case 'bytes':
        total += byteLength(op.text);
        break;
      case 'pick':
        total += lengthsOf(op.from).max + byteLength((op.before ?? '') + (op.after ?? ''));
        break;
      case 'digits':
        total += op.width;
        break;
      case 'integer':
        total += decimal(op.value);
        break;
      case 'fixed':
        total += Math.max(decimal(op.value), op.decimals + 1) + 2;
        break;
      case 'real':
        total += MOST_REAL;
        break;
      case 'uuid':
        total += 36;
        break;
      case 'date':
        total += 10;
        break;
      case 'let':
        variables.set(op.name, range(op.value));
        break;
      case 'switch':
        total += op.cases.reduce((most, body) => Math.max(most, maxBytes(body, variables)), 0);
        break;
      case 'repeat':
        total += Number(range(op.count).hi) * (maxBytes(op.body, variables) + maxBytes(op.separator, variables));
        break;
      case 'children':
        total += Number(range(op.count).hi) * (maxBytes(op.body) + op.separator.length);
        break;
      case 'elsewhere':
        total += maxBytes(op.body);
        break;
      case 'nullable':
        total += Math.max(maxBytes(op.ifNull), maxBytes(op.otherwise, variables));
        break;
      case 'or empty':
        total += Math.max(maxBytes(op.body, variables), byteLength(op.empty));
        break;
      case 'guard':
        // Its prefix, and what is looked at of a character behind a short body.
        total += 3 + maxBytes(op.body, variables);
        break;
      case 'quotes':
        total += 2 + maxBytes(op.body, variables);
        break;
      case 'column':
      case 'seam':
        break;
    }
  }
  return total;
}
