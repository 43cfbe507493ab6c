import type { IdNumber } from '../id-number.ts';
import { addJmbg } from '../jmbg.ts';

/** Slovenia: day of birth, region 50, serial number, check digit by eleven. */
export const si: IdNumber = {
  country: 'SI',
  name: 'Enotna matična številka občana (EMŠO)',
  source: 'Zakon o centralnem registru prebivalstva',
  example: '0101006500006',
  build: (id, context) => {
    addJmbg(id, context, ['50']);
  },
};
