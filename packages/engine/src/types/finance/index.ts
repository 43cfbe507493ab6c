import type { FieldType } from '../field-type.ts';
import { cardFieldTypes } from './card/card-fields.ts';
import { creditCardType } from './credit-card.ts';
import { ibanType } from './iban.ts';

/** Money: accounts, cards, securities. */
export const financeTypes: readonly FieldType[] = [ibanType, creditCardType, ...cardFieldTypes];
