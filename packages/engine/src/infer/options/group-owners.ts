import { type DraftField, type TablePass, withOptions } from './draft-field.ts';

/** Words that say whose person or place a column is of, where a row has several. */
const OWNERS = new Set(
  'billing shipping delivery invoice mailing home work business office permanent temporary current previous manager supervisor contact emergency spouse father mother guardian parent child sender recipient receiver from to pickup dropoff origin destination departure arrival source target customer client employee supplier vendor seller buyer owner tenant driver patient doctor physician author reviewer teacher student applicant beneficiary payer payee consignee shipper notify secondary alternate alternative other birth bill ship sold agent host guest partner insured debtor creditor venue store branch company'.split(
    ' ',
  ),
);
const PERSON = new Set(
  'first_name last_name full_name middle_name name_prefix name_suffix initials nickname email username sex birthdate age nationality job_title'.split(
    ' ',
  ),
);
const PLACE = new Set(
  'street_address street_name building_number secondary_address full_address city state postcode country country_code latitude longitude coordinates timezone phone location elevation'.split(
    ' ',
  ),
);

/**
 * Columns of several persons or places of a row get groups, so that `billing_city` goes with `billing_postcode` and not with
 * `shipping_city`. The columns without an owner, else of the owner who comes first in the alphabet, stay the row's own.
 */
export const groupOwners: TablePass = (fields) => {
  for (const types of [PERSON, PLACE]) {
    const owned = new Map<string, DraftField[]>();
    for (const field of fields) {
      if (!types.has(field.guess.type)) continue;
      const owner = ownerOf(field);
      owned.set(owner, [...(owned.get(owner) ?? []), field]);
    }
    if (owned.size < 2 || (owned.size === 2 && !hasAnchor(owned.get('')))) continue;
    const main = owned.has('') ? '' : [...owned.keys()].sort()[0];
    for (const [owner, members] of owned)
      if (owner !== main) for (const field of members) withOptions(field, { group: owner }, `of the ${owner}`);
  }
};

/** What a person or a place is known by. Beside `customer_name`, an `email` alone is the customer's. */
const ANCHORS = new Set(
  'first_name last_name full_name username street_address full_address city state postcode country latitude'.split(' '),
);

/** Whether columns without an owner are of somebody or somewhere else; also true where there are none. */
const hasAnchor = (bare: readonly DraftField[] | undefined): boolean =>
  bare === undefined || bare.some(({ guess }) => ANCHORS.has(guess.type));

const ownerOf = ({ reading, guess }: DraftField): string => {
  const at = reading.spoken.findIndex((word) => OWNERS.has(word));
  if (at >= 0 && (reading.spoken.length > 1 || guess.type === 'full_name')) return reading.spoken[at] as string;
  return '';
};
