import { rangeOf } from '../../kernel/range.ts';
import type { Piece, Program } from '../../plan/program.ts';
import { Oracle, TooMany } from './oracle.ts';
import { statesOf, walkShares } from './walk-shares.ts';

/** Closed lists of at most so many values are told of; more are judged one by one. */
const MOST_VALUES = 1000;
/** So many ways are walked at most to find them. */
const MOST_WAYS = 10_000;

/**
 * The share of each value that a program makes, by its JSON: the values and odds of its draws, multiplied.
 * @param everyRow whether rows are told of without gaps, so that what is dealt out in turn comes as often as if it were drawn
 * @returns undefined where there are too many, or where they follow from other rows or fields
 */
export function programShares(program: Program, everyRow = true): ReadonlyMap<string, number> | undefined {
  const walked = (outcome: (oracle: Oracle) => string) => walkAll(outcome, new Oracle(everyRow));
  switch (program.kind) {
    case 'column':
    case 'nullable':
      return programShares(program.program, everyRow);
    case 'boolean':
      return walked((oracle) => String(oracle.value(program.value) === 1n));
    case 'choice': {
      const jsons = program.values.map((value) => JSON.stringify(value));
      if (jsons.length > MOST_WAYS) return undefined;
      const only = jsons.length === 1 ? jsons[0] : undefined;
      return walked((oracle) => only ?? jsons[Number(oracle.value(program.index))] ?? '');
    }
    case 'computed':
      return computedShares(program);
    case 'integer':
    case 'decimal':
      return walked((oracle) => JSON.stringify(Number(textOf(program.body, oracle))));
    case 'string':
    case 'date':
    case 'time':
    case 'datetime':
      return walked((oracle) => JSON.stringify(textOf(program.body, oracle)));
    default:
      return undefined;
  }
}

function computedShares(program: Extract<Program, { kind: 'computed' }>): ReadonlyMap<string, number> | undefined {
  const [steps] = 'body' in program.input ? program.input.body : [];
  if (program.maker !== 'walk' || program.options['output'] === 'history' || steps?.p !== 'digits') return undefined;
  const { lo, hi } = rangeOf(steps.value, new Map());
  const shares = walkShares(statesOf(program.options), Number(lo), Number(hi));
  return new Map(Array.from(shares, ([state, share]) => [JSON.stringify(state), share]));
}

function walkAll(outcome: (oracle: Oracle) => string, oracle: Oracle): ReadonlyMap<string, number> | undefined {
  const shares = new Map<string, number>();
  try {
    for (let ways = 0; oracle.again(); ways++) {
      if (ways >= MOST_WAYS) return undefined;
      const value = outcome(oracle);
      if (oracle.probability === 0) continue;
      shares.set(value, (shares.get(value) ?? 0) + oracle.probability);
      if (shares.size > MOST_VALUES) return undefined;
    }
  } catch (error) {
    if (error instanceof TooMany) return undefined;
    throw error;
  }
  return shares;
}

const textOf = (pieces: readonly Piece[], oracle: Oracle): string =>
  pieces.map((piece) => pieceOf(piece, oracle)).join('');

function pieceOf(piece: Piece, oracle: Oracle): string {
  switch (piece.p) {
    case 'text':
      return piece.text;
    case 'pick':
      return piece.from[Number(oracle.value(piece.index))] ?? '';
    case 'digits':
      return String(oracle.value(piece.value)).padStart(piece.width, '0');
    case 'integer':
      return String(oracle.value(piece.value));
    case 'fixed': {
      const value = oracle.value(piece.value);
      const digits = String(value < 0n ? -value : value).padStart(piece.decimals + 1, '0');
      const cut = digits.length - piece.decimals;
      return `${value < 0n ? '-' : ''}${digits.slice(0, cut)}${piece.decimals > 0 ? '.' : ''}${digits.slice(cut)}`;
    }
    case 'date':
      return new Date(Number(oracle.value(piece.days)) * 86_400_000).toISOString().slice(0, 10);
    case 'let':
      oracle.bind(piece.name, oracle.value(piece.value));
      return '';
    case 'switch':
      return textOf(piece.cases[Number(oracle.value(piece.on))] ?? [], oracle);
    case 'repeat': {
      const count = Number(oracle.value(piece.count));
      const parts = Array.from({ length: count }, (_, i) =>
        i === 0 ? textOf(piece.body, oracle) : textOf(piece.separator, oracle) + textOf(piece.body, oracle),
      );
      return parts.join('');
    }
    case 'uuid':
      throw new TooMany();
  }
}
