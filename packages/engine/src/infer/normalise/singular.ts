/** A noun in the singular, as far as its ending tells. */
export function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || word.endsWith('ss') || word.endsWith('us') || word.endsWith('is'))
    return word;
  if (word.endsWith('tuses') || word.endsWith('buses') || word.endsWith('puses') || word.endsWith('nuses'))
    return word.slice(0, -2);
  if (word === 'movies' || word === 'series' || word === 'cookies') return word === 'series' ? word : word.slice(0, -1);
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.endsWith('sses') || word.endsWith('xes') || word.endsWith('ches') || word.endsWith('shes'))
    return word.slice(0, -2);
  return word.slice(0, -1);
}
