import { add, constant, mul, sub } from '../../../plan/program.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Regencies and cities on Java, Sumatra, Bali, Borneo and Celebes. */
const REGENCIES = [
  '3171',
  '3172',
  '3173',
  '3174',
  '3175',
  '3273',
  '3275',
  '3276',
  '3374',
  '3471',
  '3578',
  '3573',
  '3671',
  '3674',
  '1271',
  '1371',
  '1471',
  '1671',
  '1871',
  '5171',
  '6171',
  '6371',
  '7371',
  '7171',
  '6471',
];

/** Indonesia: regency and district, day of birth, serial number; there is no check digit. */
export const id: IdNumber = {
  country: 'ID',
  name: 'Nomor Induk Kependudukan (NIK)',
  source: 'Ditjen Dukcapil, UU 23/2006; codes of regencies by Kemendagri',
  example: '3171011708450001',
  build: (id, context) => {
    const { yy, mm, dd } = birthOf(id, context);
    id.oneOf(REGENCIES).between(1, 12, 2);
    // Women have forty added to the day.
    id.number(add(dd, mul(sub(constant(1), maleOf(id, context)), 40)), 2)
      .number(mm, 2)
      .number(yy, 2);
    id.fixed('0').between(1, 999, 3);
  },
};
