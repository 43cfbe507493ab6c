/** What can be done, in the languages of Europe: `prorrogable`, `verplantbaar`. */
const CAN_BE = /.{3}([ai]ble|[ai]bile|[aei]vel|baar|bar)$/;
/** Nouns and other adjectives that end alike: those of people, of taxes and of what is not done at all. */
const NOUNS =
  /^(respons|cont|c|t|vari|inmue|mue|combust|fus|compt|meu|ensem|visi|nomin|nachweis|nach|minis|am|probl?em)([ai]?ble|[ai]?bile|[aei]?vel|bar|baar)$/;

/** Whether a word of another language than English says that something can be done. */
export const canBe = (word: string): boolean => CAN_BE.test(word) && !NOUNS.test(word);
