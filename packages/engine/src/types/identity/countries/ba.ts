import type { IdNumber } from '../id-number.ts';
import { addJmbg } from '../jmbg.ts';

/** Bosnia and Herzegovina: day of birth, region from 10 to 19, serial number, check digit by eleven. */
export const ba: IdNumber = {
  country: 'BA',
  name: 'Jedinstveni matični broj (JMB)',
  source: 'Zakon o jedinstvenom matičnom broju BiH',
  example: '0712002183358',
  build: (id, context) => {
    addJmbg(id, context, ['10', '11', '12', '13', '14', '15', '16', '17', '18', '19']);
  },
};
