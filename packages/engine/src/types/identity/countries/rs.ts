import type { IdNumber } from '../id-number.ts';
import { addJmbg } from '../jmbg.ts';

/** Serbia: day of birth, region from 71 to 89, serial number, check digit by eleven. */
export const rs: IdNumber = {
  country: 'RS',
  name: 'Јединствени матични број грађана (ЈМБГ)',
  source: 'Закон о јединственом матичном броју грађана (2018)',
  example: '0101006710019',
  build: (id, context) => {
    addJmbg(id, context, [
      '71',
      '72',
      '73',
      '74',
      '75',
      '76',
      '77',
      '78',
      '79',
      '80',
      '81',
      '82',
      '83',
      '84',
      '85',
      '86',
      '87',
      '88',
      '89',
    ]);
  },
};
