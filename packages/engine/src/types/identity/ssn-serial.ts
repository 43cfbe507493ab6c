import { add, type Int } from '../../plan/program.ts';
import type { BuildContext } from '../field-type.ts';

/** Slot of the coherence group `person`; the number is part of the output's contract. */
const SSN_SERIAL = 20;

/** The serial number of the Social Security Number of the row's person, 1 to 9999. */
export const ssnSerial = ({ shared }: BuildContext): Int => add(shared('person', SSN_SERIAL, 9999), 1);
