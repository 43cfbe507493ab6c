import { addMod11Over10 } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';
import { addSteuerIdDigits } from '../steuer-id-digits.ts';

/** Germany: ten digits of which one occurs twice or three times, check digit of ISO 7064 MOD 11,10. */
export const de: IdNumber = {
  country: 'DE',
  name: 'Steuerliche Identifikationsnummer (Steuer-ID, IdNr)',
  source: 'Bundeszentralamt für Steuern, § 139b AO; ISO 7064 MOD 11,10',
  example: '86095742719',
  build: (id, context) => {
    addSteuerIdDigits(id, context);
    addMod11Over10(id);
  },
};
