/** ASCII white space and all that JavaScript's \s knows: spreadsheets trim some of it, and look at what comes then. */
const BLANKS =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';
/** Also as keyboards of East Asia write them. */
const SIGNS = '=+-@\uff1d\uff0b\uff0d\uff20';

/**
 * What a spreadsheet might take for a formula begins with one of these (ASVS 5.0, 1.2.10;
 * https://owasp.org/www-community/attacks/CSV_Injection), and gets an apostrophe, which says that a text follows. A text that begins with an
 * apostrophe gets another one: so whoever takes one apostrophe off each text that begins with one has all texts as they were.
 */
export const SPREADSHEET_GUARD = { first: `${SIGNS}${BLANKS}\0'`, prefix: "'" } as const;

const FIRST: ReadonlySet<string> = new Set(SPREADSHEET_GUARD.first);

/** Whether a text has to be guarded. */
export const needsGuard = (text: string): boolean => FIRST.has(text.charAt(0));

/** A text that is known, guarded where it has to be. */
export const guarded = (text: string): string => (needsGuard(text) ? SPREADSHEET_GUARD.prefix + text : text);
