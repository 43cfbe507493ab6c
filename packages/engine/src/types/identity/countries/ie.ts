import { add, mod } from '../../../plan/program.ts';
import { weights } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

/** Ireland: seven digits, check letter by 23, and the letter A of numbers given since 2013. */
export const ie: IdNumber = {
  country: 'IE',
  name: 'Personal Public Service Number (PPS)',
  source: 'Department of Social Protection',
  example: '6433435OA',
  build: (id) => {
    id.digits(7);
    // The check letter comes first, the letter A that it counts nine times last.
    id.char(mod(add(id.sum(weights([8, 7, 6, 5, 4, 3, 2])), 9), 23), [...'WABCDEFGHIJKLMNOPQRSTUV']).fixed('A');
  },
};
