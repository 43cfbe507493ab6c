import { add, constant, type Int, less, mod, mul, sub } from '../../../plan/program.ts';
import { weights } from '../../checks/weights.ts';
import { birthOf, indexOfDay, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Weights for those born until the end of 1996 … */
const OLD = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/** … and since. */
const NEW = OLD.toReversed();
const LAST_OLD_DAY = indexOfDay(1996, 11, 31);

const isGood = (state: number, digit: number): boolean =>
  ((state % 11) + digit * (state < 11 ? (OLD[9] ?? 0) : (NEW[9] ?? 0))) % 11 !== 10;

/** Hungary: sex and century, day of birth, serial number, check digit by eleven, which is never ten. */
export const hu: IdNumber = {
  country: 'HU',
  name: 'Személyi azonosító',
  source: '1996. évi XX. törvény',
  example: '3 050912 7445',
  build: (id, context) => {
    const { yy, mm, dd, after1999, index } = birthOf(id, context);
    // 1 and 2 for men and women of the twentieth century, 3 and 4 since 2000.
    id.number(sub(add(mul(after1999, 2), 2), maleOf(id, context)), 1).separator(' ');
    id.number(yy, 2).number(mm, 2).number(dd, 2).separator(' ').digits(2);
    const late = id.bind('late', less(constant(LAST_OLD_DAY), index));
    const sum = (): Int => add(mul(id.sum(weights(OLD)), sub(constant(1), late)), mul(id.sum(weights(NEW)), late));
    const state = add(mul(late, 11), mod(sum(), 11));
    id.number(id.among(1, 22, state, isGood), 1);
    id.number(mod(sum(), 11), 1);
  },
};
