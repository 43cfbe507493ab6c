import { div, mod } from '../../../plan/program.ts';
import type { IdNumber } from '../id-number.ts';
import { ssnSerial } from '../ssn-serial.ts';

/** Areas 666 and from 900 are never given; 078, 219 and 457 hold the three numbers that advertising made void. */
const AREAS = Array.from({ length: 899 }, (_, i) => String(i + 1).padStart(3, '0')).filter(
  (area) => !['078', '219', '457', '666'].includes(area),
);

/** United States: area, group and serial number, none of them nought; there is no check digit. */
export const us: IdNumber = {
  country: 'US',
  name: 'Social Security Number (SSN)',
  source: 'Social Security Administration, POMS RM 10201',
  example: '536-90-4399',
  reserved:
    'Areas 900 to 999 with groups 01 to 49: neither a Social Security Number nor a taxpayer number (ITIN) has them; python-stdnum refuses them as SSN.',
  build: (id, context, reserved) => {
    if (reserved) id.between(900, 999, 3).separator('-').between(1, 49, 2);
    else id.oneOf(AREAS).separator('-').between(1, 99, 2);
    const serial = id.bind('serial', ssnSerial(context));
    id.separator('-').number(div(serial, 100), 2).number(mod(serial, 100), 2);
  },
};
