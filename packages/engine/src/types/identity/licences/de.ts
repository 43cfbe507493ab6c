import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Without Q and O, which look like a nought. */
const SERIAL = [...'0123456789ABCDEFGHIJKLMNPRSTUVWXYZ'];

/** Germany: authority, serial number, check character by eleven, number of the copy. */
export const deLicence: IdNumber = {
  country: 'DE',
  name: 'Führerscheinnummer',
  source: 'Fahrerlaubnis-Verordnung, Anlage 8',
  example: 'B072RRE2I55',
  build: (id) => {
    id.letters(1).digits(3).letters(5, SERIAL);
    addChecked(id, [9, 8, 7, 6, 5, 4, 3, 2, 1], '0123456789X').between(1, 9, 1);
  },
};
