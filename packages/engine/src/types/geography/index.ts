import type { FieldType } from '../field-type.ts';
import { airportTypes } from './airport.ts';
import { countryTypes } from './country.ts';
import { elevationType } from './elevation.ts';
import { fullAddressTypes } from './full-address.ts';
import { pointTypes } from './point.ts';
import { streetTypes } from './street.ts';
import { zoneTypes } from './zone.ts';

/** Where the row's place is and what goes with that: point, height, time zone, airport, language, whole address. */
export const geographyTypes: readonly FieldType[] = [
  ...streetTypes,
  ...fullAddressTypes,
  ...pointTypes,
  elevationType,
  ...zoneTypes,
  ...airportTypes,
  ...countryTypes,
];
