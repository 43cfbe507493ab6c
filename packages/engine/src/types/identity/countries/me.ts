import type { IdNumber } from '../id-number.ts';
import { addJmbg } from '../jmbg.ts';

/** Montenegro: day of birth, region from 21 to 29, serial number, check digit by eleven. */
export const me: IdNumber = {
  country: 'ME',
  name: 'Jedinstveni matični broj (JMB)',
  source: 'Zakon o centralnom registru stanovništva',
  example: '0712002284014',
  build: (id, context) => {
    addJmbg(id, context, ['21', '22', '23', '24', '25', '26', '27', '28', '29']);
  },
};
