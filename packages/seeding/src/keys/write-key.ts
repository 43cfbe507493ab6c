import type { Value } from '@datamaker/connectors';
import type { KeyRule } from './key-rules.ts';

type Written = Exclude<KeyRule, { kind: 'field' } | { kind: 'linked' }>;
const MINUTE = 60_000;
const DAY = 86_400_000;

/** The value of a key for a number from 0 on. */
export function keyWriter(rule: Written): (number: number) => Value {
  switch (rule.kind) {
    case 'number':
      return numberWriter(BigInt(rule.start), rule.scale);
    case 'code':
      return (number) => `${rule.prefix}${digitsOf(number, rule.width, rule.alphabet)}`;
    case 'uuid': {
      const { prefix } = rule;
      const head = `${prefix.slice(0, 8)}-${prefix.slice(8, 12)}-${prefix.slice(12, 16)}-${prefix.slice(16)}-`;
      return (number) => `${head}${number.toString(16).padStart(12, '0')}`;
    }
    case 'time':
      return (number) => new Date((rule.start + number) * 1000).toISOString().slice(11, 19);
    case 'date': {
      const start = Date.parse(rule.start);
      return (number) => new Date(start + number * DAY).toISOString().slice(0, 10);
    }
    case 'datetime': {
      const start = Date.parse(rule.start);
      return (number) => new Date(start + number * MINUTE).toISOString().slice(0, rule.zoned ? 24 : 23);
    }
    default:
      return (number) => rule.values[number] ?? null;
  }
}

function numberWriter(start: bigint, scale: number): (number: number) => Value {
  const isSafe = start >= BigInt(Number.MIN_SAFE_INTEGER) && start + 2n ** 40n <= BigInt(Number.MAX_SAFE_INTEGER);
  if (scale === 0) {
    const from = Number(start);
    return isSafe ? (number) => from + number : (number) => start + BigInt(number);
  }
  return (number) => {
    const all = start + BigInt(number);
    const text = (all < 0n ? -all : all).toString().padStart(scale + 1, '0');
    return `${all < 0n ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`;
  };
}

function digitsOf(number: number, width: number, alphabet: string): string {
  let text = '';
  let rest = number;
  for (let i = 0; i < width; i++) {
    text = (alphabet[rest % alphabet.length] as string) + text;
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
}
