/** Words that end, or begin, a name written without gaps whose other part is not known: gvcode, idanagrafica. */
const ENGLISH_ENDS = longestFirst(
  'code date number type status flag url price amount count name path text datetime email phone address image title color colour id comment note quote time year ipaddress macaddress hash token uuid guid level value size length width height weight score percent ratio label body reason message version mode method month hours minutes seconds limit total balance currency country city street octets packets bytes notes description class kind policy format enabled disabled result state config options stamp cause phase',
);
/** The same with those of German, Dutch, Spanish, Portuguese and Danish. */
const ENDS = longestFirst(
  `${ENGLISH_ENDS.join(' ')} datum dat nummer nummern prijs naam soort bedrag straat zeit preis betrag tijd kode codigo codice adresse nr wert jahr zahl anzahl letter gebuehr kosten menge stunden tage passwort wachtwoord plaats jaar punkte betraege satz grad stand dauer konto bild datei ort typ flaeche hoehe laenge gewicht bezeichnung gruppe klasse kategorie schluessel grund anteil stufe summe beginn zustand ende zeitraum nehmer betreiber inhaber leiter empfaenger dato navn adres reden niveau groep categorie`,
);
const FRONTS = longestFirst(
  'date datum fecha codice codigo code numero num data id is has nome nom descrizione descricao tipo nombre correo telefono direccion cantidad total valor precio estado prix montant prezzo aantal naam apellido cedula lieu lien libelle quantidade telefone endereco importo dt nm',
);
const ENGLISH_ENDS_BY_LETTER = by(ENGLISH_ENDS, (end) => end.at(-1));
const ENDS_BY_LETTER = by(ENDS, (end) => end.at(-1));
const FRONTS_BY_LETTER = by(FRONTS, ([first]) => first);
/** Initials in front of a key: gpgid. Words that end so have vowels before: valid. */
const INITIALS_OF_KEY = /^[^aeiou]{2,3}id$/;
/** Words in front of which one letter may stand: syear, itype. */
const OF_ONE_LETTER = new Set(['year', 'type', 'code', 'name']);
/** The same of English names, where no other language is around. */
const ENGLISH_FRONTS = longestFirst('last allow show enable disable can');
const ENGLISH_FRONTS_BY_LETTER = by([...ENGLISH_FRONTS, ...FRONTS], ([first]) => first);
/** Dutch and German nouns that end in the same letters: `tevredenheid`, `jeugdlid`. */
const NO_KEY = /(heid|lid|beid|leid|kleid|eid)$/;
/** What was done, and to whom: assignedto. */
const DONE_TO = /^([a-z]{3,}ed)(to|by|on|at|into|from|for)$/;
const LEAST_REST = 2;
/** Words of two letters end many words by chance. */
const LEAST_REST_OF_SHORT = 4;

/** A word that is not known, split behind or before a word that says what it is; undefined when neither is there. */
export function splitAffix(word: string, isEnglish: boolean): readonly [string, string] | undefined {
  for (const end of (isEnglish ? ENGLISH_ENDS_BY_LETTER : ENDS_BY_LETTER).get(word.at(-1) ?? '') ?? [])
    if (word.endsWith(end) && hasRest(word, end) && !(end === 'id' && !isEnglish && NO_KEY.test(word)))
      return [word.slice(0, -end.length), end];
  const done = DONE_TO.exec(word);
  if (done !== null) return [done[1] as string, done[2] as string];
  if (INITIALS_OF_KEY.test(word)) return [word.slice(0, -2), 'id'];
  for (const front of (isEnglish ? ENGLISH_FRONTS_BY_LETTER : FRONTS_BY_LETTER).get(word[0] ?? '') ?? [])
    if (word.startsWith(front) && hasRest(word, front)) return [front, word.slice(front.length)];
  return undefined;
}

const hasRest = (word: string, part: string): boolean =>
  word.length - part.length >=
  (part.length === 2 && part !== 'nr'
    ? LEAST_REST_OF_SHORT
    : OF_ONE_LETTER.has(part) || (part.length === 4 && word.startsWith(part))
      ? 1
      : LEAST_REST);

/** Affixes by the letter at which a word is known to have none of the others, in the same order. */
function by(affixes: readonly string[], letterOf: (affix: string) => string | undefined): Map<string, string[]> {
  return Map.groupBy(affixes, (affix) => letterOf(affix) ?? '');
}

function longestFirst(words: string): readonly string[] {
  return words.split(' ').sort((a, b) => b.length - a.length);
}
