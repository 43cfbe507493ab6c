const OPENING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const CLOSING = new Set(Object.values(OPENING));
/** What a text in quotes may begin with in Python. */
const PREFIX = /[bBrRuUfF]{1,2}(?=["'])/y;
/** Another name with its value: what stands before it is a value of its own. */
const NEXT_NAME = /[ \t]*["']?[\w.-]{1,100}["']?[ \t]*[:=]/y;

/**
 * Where a value ends that begins at a place of a line: a text in quotes, a list, a call such as `date(2012, 4, 12)` or `Decimal('1.5')`, or words up to
 * the next name, the end of what they stand in, or the end of the line. Rather too much than too little: half a value tells enough.
 */
export function endOfValue(text: string, at: number): number {
  PREFIX.lastIndex = at;
  const quote = PREFIX.test(text) ? PREFIX.lastIndex : at;
  if (isQuote(text.charAt(quote))) return endOfText(text, quote);
  const inside: string[] = [];
  for (let place = at; place < text.length; place++) {
    const character = text.charAt(place);
    if (character === '\n') return place;
    const isOuter = inside.length === 0;
    const closing = OPENING[character];
    if (closing !== undefined) inside.push(closing);
    else if (CLOSING.has(character)) {
      if (isOuter) return place;
      if (inside.at(-1) === character) inside.pop();
      // A list or a call is a value, whatever follows.
      if (inside.length === 0 && endsThere(text, place + 1)) return place + 1;
    } else if (!isOuter) {
      // One that nobody ends goes to the end of the line, and what it stands in as well.
      if (isQuote(character)) place = endOfText(text, place) - 1;
    } else if (character === ';') {
      return place;
    } else if (/[,\s|]/.test(character)) {
      NEXT_NAME.lastIndex = place + 1;
      if (NEXT_NAME.test(text)) return place;
    }
  }
  return text.length;
}

const isQuote = (character: string): boolean => character === '"' || character === "'";

/** Behind the quote that ends a text, or the end of the line where there is none. */
function endOfText(text: string, at: number): number {
  const quote = text.charAt(at);
  for (let place = at + 1; place < text.length; place++) {
    const character = text.charAt(place);
    if (character === '\n') return place;
    if (character === quote) return place + 1;
    if (character === '\\') place += 1;
  }
  return text.length;
}

/** Whether nothing more of a value can follow. */
const endsThere = (text: string, at: number): boolean => /[,;)\]}\n]/.test(text.charAt(at)) || at >= text.length;
