/** Rules of identifiers that no library knows, written digit by digit and apart from the engine. */

const digitsOf = (value: string): number[] => [...value].filter((char) => /\d/.test(char)).map(Number);
const weighted = (digits: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * (digits[i] ?? Number.NaN), 0);

/** Whether three numbers are a day of the Gregorian calendar. */
export function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Hungary's personal number: weights rise for those born before 1997 and fall for those born later. */
export function isHungarianPersonalId(value: string): boolean {
  const d = digitsOf(value);
  const [first = 0, ...rest] = d;
  const [a = 0, b = 0, c = 0, e = 0, f = 0, g = 0] = rest;
  const year = (first < 3 ? 1900 : 2000) + 10 * a + b;
  const rising = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const weights = year < 1997 ? rising : [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
  return d.length === 11 && isDay(year, 10 * c + e, 10 * f + g) && weighted(d, weights) % 11 === d[10];
}

/** Kuwait: eleven less the remainder by eleven. */
export function isCivilId(value: string): boolean {
  const d = digitsOf(value);
  const year = (d[0] === 2 ? 1900 : 2000) + Number(value.slice(1, 3));
  const check = 11 - (weighted(d, [2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11);
  return (
    /^[23]\d{11}$/.test(value) && isDay(year, Number(value.slice(3, 5)), Number(value.slice(5, 7))) && check === d[11]
  );
}

/** Kazakhstan: by eleven; with the weights moved on by two when that gives ten. */
export function isIin(value: string): boolean {
  const d = digitsOf(value);
  let check = weighted(d, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11;
  if (check === 10) check = weighted(d, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11;
  const year = ((d[6] ?? 0) < 5 ? 1900 : 2000) + Number(value.slice(0, 2));
  return /^\d{12}$/.test(value) && isDay(year, Number(value.slice(2, 4)), Number(value.slice(4, 6))) && check === d[11];
}

/** Singapore: the published letters for S and T. */
export function isNric(value: string): boolean {
  const match = /^([ST])(\d{7})([A-Z])$/.exec(value);
  if (match === null) return false;
  const [, prefix, number = '', letter] = match;
  const rest = (weighted(digitsOf(number), [2, 7, 6, 5, 4, 3, 2]) + (prefix === 'T' ? 4 : 0)) % 11;
  return ['J', 'Z', 'I', 'H', 'G', 'F', 'E', 'D', 'C', 'B', 'A'][rest] === letter;
}

/** Uruguay: the digit that fills the weighted sum up to a multiple of ten. */
export function isUruguayanId(value: string): boolean {
  const d = digitsOf(value);
  return d.length === 8 && (weighted(d, [2, 9, 8, 7, 6, 3, 4]) + (d[7] ?? 0)) % 10 === 0;
}

/** The check digit of a field of the machine-readable zone, ICAO Doc 9303: weights 7, 3, 1; < counts nothing. */
export function isMrzField(value: string): boolean {
  const sum = [...value.slice(0, -1)].reduce((total, char, i) => {
    const worth = char === '<' ? 0 : /\d/.test(char) ? Number(char) : char.charCodeAt(0) - 55;
    return total + worth * ([7, 3, 1][i % 3] ?? 0);
  }, 0);
  return /^[A-Z0-9<]{9}\d$/.test(value) && sum % 10 === Number(value.at(-1));
}

/** Germany's licence number: weights 9 to 1, letters from A = 10, X for ten (FeV, Anlage 8). */
export function isGermanLicence(value: string): boolean {
  const worth = [...value].map((char) => (/\d/.test(char) ? Number(char) : char.charCodeAt(0) - 55));
  const rest = weighted(worth, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11;
  return /^[A-Z0-9]{9}[0-9X]\d$/.test(value) && value[9] === (rest === 10 ? 'X' : String(rest));
}

/** Brazil's licence number: two check digits by eleven, the second less two when the first was ten. */
export function isCnh(value: string): boolean {
  const d = digitsOf(value);
  let first = weighted(d, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11;
  const less = first >= 10 ? 2 : 0;
  if (first >= 10) first = 0;
  let second = (weighted(d, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11) - less;
  if (second < 0) second += 11;
  if (second >= 10) second = 0;
  return d.length === 11 && d[9] === first && d[10] === second;
}

/** Japan's licence number: by eleven, 0 where ten or eleven would stand. */
export function isJapaneseLicence(value: string): boolean {
  const d = digitsOf(value);
  const check = 11 - (weighted(d, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11);
  return d.length === 12 && d[10] === (check > 9 ? 0 : check);
}

/** Portugal's civil number, the first nine digits of a citizen card: a multiple of eleven, 0 for ten. */
export function isCivilNumber(value: string): boolean {
  const d = digitsOf(value.slice(0, 11));
  const check = 11 - (weighted(d, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return d[8] === (check > 9 ? 0 : check);
}

/** Norway's synthetic persons: eighty added to the month, both check digits by eleven. */
export function isSyntheticNorwegian(value: string): boolean {
  const d = digitsOf(value);
  const year = ((d[6] ?? 0) < 5 ? 1900 : 2000) + Number(value.slice(4, 6));
  const first = weighted(d, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11;
  const second = weighted(d, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11;
  return isDay(year, Number(value.slice(2, 4)) - 80, Number(value.slice(0, 2))) && first === 0 && second === 0;
}

/** Korea's business number: the ninth digit times five also counts its tens. */
export function isBusinessRegistration(value: string): boolean {
  const d = digitsOf(value);
  const sum = weighted(d, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + Math.floor(((d[8] ?? 0) * 5) / 10);
  return d.length === 10 && (10 - (sum % 10)) % 10 === d[9];
}

/** Steuer-ID: one of the first ten digits twice or three times, the others at most once, never three in a row. */
export function hasSteuerIdStructure(value: string): boolean {
  const ten = [...value.slice(0, 10)];
  const counts = [...new Set(ten)].map((digit) => ten.filter((other) => other === digit).length);
  const repeated = counts.filter((count) => count > 1);
  return repeated.length === 1 && (repeated[0] ?? 0) <= 3 && !/(\d)\1\1/.test(ten.join('')) && value[0] !== '0';
}
