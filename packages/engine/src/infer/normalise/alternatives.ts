/** Two ways to say what a column holds, with a slash between them. */
const TWO = /^([^/()[\]]*\p{L}{3}[^/()[\]]*)\/([^/()[\]]*\p{L}{3}[^/()[\]]*)$/u;
const SPACED = /\s\/\s/;
/** Of these, both together are what is meant: a moment, a place, a side of an account, yes or no. */
const BOTH =
  /\b(dates?|datum|fecha|data|time|heure|hora|ora|uhrzeit|tijd|lat\w*|lon\w*|debit\w*|credit\w*|soll|haben|dare|avere|debe|haber|cargo|abono|debet|yes|true|ja|oui|if)\b/i;
/** Longer names are not looked at: patterns stay fast. */
const LONGEST = 200;

/**
 * The first of two ways in which a name is put, or the second where only that is known: `Naam / Omschrijving` is a name. Where
 * the second has more words they share its end (`Start/End Reading`), and both stay.
 * @param isKnown whether all words of a text are known
 */
export function firstAlternative(name: string, isKnown: (text: string) => boolean): string {
  if (name.length > LONGEST || !name.includes('/')) return name;
  const [, first = '', second = ''] = TWO.exec(name) ?? [];
  if (first === '' || BOTH.test(name)) return name;
  if (!SPACED.test(name) && count(second) > count(first)) return name;
  return !isKnown(first) && isKnown(second) ? second.trim() : first.trim();
}

const count = (text: string): number => text.trim().split(/[\s_-]+/).length;
