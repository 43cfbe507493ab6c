import { type Range, rangeOf } from '../../kernel/range.ts';
import type { Piece } from '../../plan/program.ts';
import { entriesWithin } from './entries-within.ts';

/** The places where what begins at one of some places of a text may end. Each place is told once. */
export type Ends = (text: string, starts: readonly number[]) => readonly number[];

/** Ranges of the variables that pieces bind, by name. */
export type Ranges = Map<string, Range>;

const DAY = 86_400_000;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/y;
const DATE = /\d{4}-\d\d-\d\d/y;

/**
 * What texts some pieces may make. Walks all ways at once, place by place, so that no list and no repetition makes it slow: the
 * work is bounded by the length of the text times the pieces. What is drawn is taken to be independent, so a few texts that a
 * program never makes pass too; none that it makes is refused.
 */
export function textForm(pieces: readonly Piece[], ranges: Ranges = new Map()): Ends {
  const steps = pieces.flatMap((piece) => {
    if (piece.p !== 'let') return [formOf(piece, ranges)];
    ranges.set(piece.name, rangeOf(piece.value, ranges));
    return [];
  });
  return (text, starts) => steps.reduce((places, step) => (places.length === 0 ? places : step(text, places)), starts);
}

/** Whether a text is what some pieces may make. */
export const isMadeOf = (form: Ends, text: string): boolean => form(text, [0]).includes(text.length);

function formOf(piece: Exclude<Piece, { p: 'let' }>, ranges: Ranges): Ends {
  switch (piece.p) {
    case 'text':
      return eachStart((text, at) => (text.startsWith(piece.text, at) ? [at + piece.text.length] : []));
    case 'pick':
      return picked(piece.from, rangeOf(piece.index, ranges));
    case 'digits':
      return digits(rangeOf(piece.value, ranges), piece.width);
    case 'integer':
      return decimal(rangeOf(piece.value, ranges), 0);
    case 'fixed':
      return decimal(rangeOf(piece.value, ranges), piece.decimals);
    case 'uuid':
      return sticky(UUID, () => true);
    case 'date': {
      const { lo, hi } = rangeOf(piece.days, ranges);
      return sticky(DATE, (found) => {
        const days = Date.parse(found) / DAY;
        return days >= lo && days <= hi;
      });
    }
    case 'switch': {
      const cases = piece.cases.map((body) => textForm(body, ranges));
      return (text, starts) => [...new Set(cases.flatMap((one) => one(text, starts)))];
    }
    case 'repeat':
      return repeated(textForm(piece.body, ranges), textForm(piece.separator, ranges), rangeOf(piece.count, ranges));
  }
}

const eachStart =
  (ends: (text: string, at: number) => readonly number[]): Ends =>
  (text, starts) => {
    const [only = 0] = starts;
    return starts.length === 1 ? ends(text, only) : [...new Set(starts.flatMap((at) => ends(text, at)))];
  };

function picked(from: readonly string[], { lo, hi }: Range): Ends {
  const byLength = entriesWithin(from, Math.max(0, Number(lo)), Math.min(from.length - 1, Number(hi)));
  return eachStart((text, at) => {
    const found: number[] = [];
    for (const [length, entries] of byLength)
      if (at + length <= text.length && entries.has(text.slice(at, at + length))) found.push(at + length);
    return found;
  });
}

/** Exactly so many digits, of a number within the range. */
function digits({ lo, hi }: Range, width: number): Ends {
  const all = (10n ** BigInt(width) - 1n <= hi && lo <= 0n) || width === 0;
  return eachStart((text, at) => {
    const end = at + width;
    if (end > text.length) return [];
    for (let i = at; i < end; i++) if (!isDigit(text, i)) return [];
    return all || isWithin(text.slice(at, end), lo, hi) ? [end] : [];
  });
}

/** A number as it is written, with so many decimals, that may end at several places. */
function decimal({ lo, hi }: Range, decimals: number): Ends {
  return eachStart((text, at) => {
    const negative = text[at] === '-';
    const first = at + (negative ? 1 : 0);
    const found: number[] = [];
    for (let point = first; isDigit(text, point); ) {
      point++;
      const end = decimals === 0 ? point : point + 1 + decimals;
      const whole = text.slice(first, point);
      if (decimals > 0 && !isFraction(text, point, decimals)) continue;
      const number = `${negative ? '-' : ''}${whole}${decimals === 0 ? '' : text.slice(point + 1, end)}`;
      const leads = whole.length > 1 && whole.startsWith('0');
      if (!leads && isWithin(number, lo, hi)) found.push(end);
    }
    return found;
  });
}

function isFraction(text: string, point: number, decimals: number): boolean {
  if (text[point] !== '.') return false;
  for (let i = 1; i <= decimals; i++) if (!isDigit(text, point + i)) return false;
  return true;
}

const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
};

const isWithin = (number: string, lo: bigint, hi: bigint): boolean => {
  const value = number.length <= 15 ? Number(number) : BigInt(number);
  return value >= lo && value <= hi;
};

function sticky(pattern: RegExp, fits: (found: string) => boolean): Ends {
  return eachStart((text, at) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    return found !== undefined && fits(found) ? [at + found.length] : [];
  });
}

function repeated(body: Ends, separator: Ends, { lo, hi }: Range): Ends {
  return (text, starts) => {
    const found = new Set<number>(lo <= 0n ? starts : []);
    let places = starts;
    const seen = new Set<number>();
    for (let turn = 1n; turn <= hi && places.length > 0; turn++) {
      const next = body(text, turn === 1n ? places : separator(text, places));
      // Beyond the least number of turns, a place that was reached before leads nowhere new.
      places = turn > lo ? next.filter((place) => !seen.has(place)) : next;
      if (turn < lo) continue;
      for (const place of places) found.add(place);
      for (const place of places) seen.add(place);
    }
    return [...found];
  };
}
