// The form of a family name that women bear, in languages where it differs. Each rule gives the feminine of a masculine
// form; a name that no rule fits is the same for both. Where faker lists the feminine forms, only pairs that it has
// too are kept (cs, sk, lv), since what a stem does there cannot be told from its letters alone.
//
// Lithuanian has -ienė for married women and several endings for unmarried ones; -ienė is the one that follows from the
// masculine alone.
const RULES = {
  ru: [
    [/(ск|цк)ий$/, '$1ая'],
    [/(ой|ый|ий)$/, 'ая'],
    [/([оеё]в|[иы]н)$/, '$1а'],
  ],
  uk: [
    [/(ськ|цьк|зьк)ий$/, '$1а'],
    [/ий$/, 'а'],
    [/([оеє]в|[іїи]н)$/, '$1а'],
  ],
  bg: [
    [/([сц]к)и$/, '$1а'],
    [/([ое]в|ин)$/, '$1а'],
  ],
  pl: [[/([sc]|dz)ki$/, '$1ka']],
  el: [
    [/όπουλος$/, 'οπούλου'],
    [/([ίά])δης$/, '$1δου'],
    [/ος$/, 'ου'],
    [/ός$/, 'ού'],
    [/ης$/, 'η'],
    [/ής$/, 'ή'],
    [/ας$/, 'α'],
    [/άς$/, 'ά'],
  ],
  az: [[/([oe]v|in)$/, '$1a']],
  lt: [[/(ius|ys|is|as|us|a|ė)$/, 'ienė']],
  cs: [
    [/ý$/, 'á'],
    [/ek$/, 'ková'],
    [/ec$/, 'cová'],
    [/el$/, 'lová'],
    [/[ao]$/, 'ová'],
    [/([^aeiouyáéíóúůýě])$/, '$1ová'],
  ],
  sk: [
    [/ý$/, 'á'],
    [/ek$/, 'ková'],
    [/ec$/, 'cová'],
    [/el$/, 'lová'],
    [/[ao]$/, 'ová'],
    [/([^aeiouyáéíóúýäô])$/, '$1ová'],
  ],
  lv: [
    [/is$/, 'e'],
    [/[sš]$/, 'a'],
  ],
};

/**
 * @param {string} name masculine form
 * @param {string} language ISO 639-1
 */
export function feminine(name, language) {
  for (const [ending, replacement] of RULES[language] ?? []) {
    if (ending.test(name)) return name.replace(ending, replacement);
  }
  return name;
}

export const hasFeminine = (language) => language in RULES;
