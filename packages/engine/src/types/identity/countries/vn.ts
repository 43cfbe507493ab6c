import { add, mul, sub } from '../../../plan/program.ts';
import { birthYearOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Provinces and cities as they were until July 2025. */
const PROVINCES = [
  '001',
  '002',
  '004',
  '006',
  '008',
  '010',
  '011',
  '012',
  '014',
  '015',
  '017',
  '019',
  '020',
  '022',
  '024',
  '025',
  '026',
  '027',
  '030',
  '031',
  '033',
  '034',
  '035',
  '036',
  '037',
  '038',
  '040',
  '042',
  '044',
  '045',
  '046',
  '048',
  '049',
  '051',
  '052',
  '054',
  '056',
  '058',
  '060',
  '062',
  '064',
  '066',
  '067',
  '068',
  '070',
  '072',
  '074',
  '075',
  '077',
  '079',
  '080',
  '082',
  '083',
  '084',
  '086',
  '087',
  '089',
  '091',
  '092',
  '093',
  '094',
  '095',
  '096',
];

/** Vietnam: province of birth, century and sex, year of birth, six random digits; there is no check digit. */
export const vn: IdNumber = {
  country: 'VN',
  name: 'Số định danh cá nhân (CCCD)',
  source: 'Bộ Công an, Nghị định 137/2015/NĐ-CP',
  example: '074205956557',
  build: (id, context) => {
    const { yy, after1999 } = birthYearOf(id, context);
    id.oneOf(PROVINCES);
    // 0 and 1 for men and women of the twentieth century, 2 and 3 since 2000.
    id.number(sub(add(mul(after1999, 2), 1), maleOf(id, context)), 1)
      .number(yy, 2)
      .digits(6);
  },
};
