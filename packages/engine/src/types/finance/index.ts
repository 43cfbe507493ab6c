import type { FieldType } from '../field-type.ts';
import { accountNumberType } from './bank/account-number.ts';
import { bankCodeTypes } from './bank/bank-codes.ts';
import { bankNameType } from './bank/bank-name.ts';
import { bicType } from './bank/bic.ts';
import { cardFieldTypes } from './card/card-fields.ts';
import { creditCardType } from './credit-card.ts';
import { cryptoTypes } from './crypto.ts';
import { currencyTypes } from './currency/currency-types.ts';
import { ibanType } from './iban.ts';
import { referenceTypes } from './payment/references.ts';
import { transactionTypes } from './payment/transactions.ts';
import { securityTypes } from './securities/securities.ts';

/** Money: accounts, cards, payments, securities. */
export const financeTypes: readonly FieldType[] = [
  ibanType,
  bicType,
  accountNumberType,
  ...bankCodeTypes,
  bankNameType,
  creditCardType,
  ...cardFieldTypes,
  ...currencyTypes,
  ...transactionTypes,
  ...referenceTypes,
  ...securityTypes,
  ...cryptoTypes,
];
