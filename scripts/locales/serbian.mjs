// Serbian in Cyrillic from its Latin alphabet: letter by letter, the digraphs lj, nj and dž being one letter each.
const DIGRAPHS = { lj: 'љ', nj: 'њ', dž: 'џ' };
const LATIN = [...'abcčćdđefghijklmnoprsštuvzž'];
const CYRILLIC = [...'абцчћдђефгхијклмнопрсштувзж'];

/** @param {string} text in Serbian Latin */
export function toCyrillic(text) {
  const letter = (c) => {
    const at = LATIN.indexOf(c.toLowerCase());
    if (at < 0) return c;
    return c === c.toLowerCase() ? CYRILLIC[at] : CYRILLIC[at].toUpperCase();
  };
  const digraph = (pair) => {
    const one = DIGRAPHS[pair.toLowerCase()];
    return pair[0] === pair[0].toLowerCase() ? one : one.toUpperCase();
  };
  return Array.from(text.replace(/lj|nj|dž/gi, digraph), letter).join('');
}
