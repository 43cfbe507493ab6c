import type { IdNumber } from '../id-number.ts';
import { addJmbg } from '../jmbg.ts';

/** North Macedonia: day of birth, region from 41 to 49, serial number, check digit by eleven. */
export const mk: IdNumber = {
  country: 'MK',
  name: 'Единствен матичен број на граѓанинот (ЕМБГ)',
  source: 'Закон за матичниот број на граѓанинот',
  example: '0712002484013',
  build: (id, context) => {
    addJmbg(id, context, ['41', '42', '43', '44', '45', '46', '47', '48', '49']);
  },
};
