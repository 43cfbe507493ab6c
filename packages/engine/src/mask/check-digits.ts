/** Digits whose Luhn sum is a multiple of ten (ISO/IEC 7812-1, annex B). */
export const isLuhn = (digits: string): boolean => luhnSum(digits) % 10 === 0;

/** The digit that makes `digits` and it a Luhn number. */
export const luhnDigit = (digits: string): string => String((10 - (luhnSum(`${digits}0`) % 10)) % 10);

function luhnSum(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 0 ? digit : 2 * digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}

/** Leading digits of the card networks and the lengths of their numbers: ISO/IEC 7812 ranges as the networks publish them. */
const NETWORKS =
  /^(?:4\d{12}(?:\d{3}){0,2}|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|35\d{14}|6(?:011|4[4-9]\d|5\d\d)\d{12}|62\d{14,17})$/;

/** Whether digits are a payment card's number. */
export const isCardNumber = (digits: string): boolean => NETWORKS.test(digits) && isLuhn(digits);

const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** Whether a text, upper-case and without blanks, is an IBAN: ISO 13616, check digits by ISO 7064 MOD 97-10. */
export const isIban = (compact: string): boolean => IBAN.test(compact) && mod97(rotated(compact)) === 1;

/** The check digits of an IBAN of a country. */
export const ibanDigits = (country: string, account: string): string =>
  String(98 - mod97(`${account}${country}00`)).padStart(2, '0');

const rotated = (iban: string): string => iban.slice(4) + iban.slice(0, 4);

/** Letters count as 10 to 35. */
function mod97(text: string): number {
  let rest = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}
