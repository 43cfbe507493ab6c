const VOICED = 'αβγδεζηιλμνορω';

/**
 * The pairs of Greek letters that ELOT 743 does not spell letter by letter, in lower case without accents: ου is ou, and
 * αυ, ευ, ηυ end in v before a vowel or a voiced consonant, else in f; γγ, γξ, γχ begin with n; μπ begins a word as b.
 * What is left is for the alphabet.
 */
export const greekPairs = (text: string): string =>
  text
    .replaceAll('ου', 'ou')
    .replace(/γ(?=[γξχ])/g, 'n')
    .replace(/^μπ/, 'b')
    .replace(new RegExp(`([αεη])υ(?=[${VOICED}])`, 'g'), '$1v')
    .replace(/([αεη])υ/g, '$1f');
