import { styleText } from 'node:util';
import { CONFIDENT, type Inference } from '@datamaker/engine/infer';
import { printable } from '../errors/printable.ts';
import { cut } from '../output/cut.ts';
import { drawTable } from '../output/draw-table.ts';

/** So many alternatives are shown. */
const MOST = 2;

/** What was made of columns, and why, as a table for people; in colour on a terminal. */
export function drawInference({ fields, locale, entity }: Inference): string {
  const header = ['name', 'type', 'options', 'confidence', 'reason', 'alternatives'];
  const lines = fields.map(({ name, type, options, confidence, reason, alternatives }) => [
    cut(printable(name)),
    type,
    cut(printable(optionsOf(options))),
    percent(confidence),
    cut(printable(reason), 60),
    alternatives
      .slice(0, MOST)
      .map((other) => `${other.type} ${percent(other.confidence)}`)
      .join(', '),
  ]);
  const [head = '', ...rows] = drawTable([header, ...lines], new Set([3]));
  const coloured = rows.map((row, i) =>
    styleText(colourOf(fields[i]?.confidence ?? 0), row, { stream: process.stdout }),
  );
  const guessed = fields.filter(({ confidence }) => confidence < CONFIDENT).length;
  const of = entity === undefined ? '' : `a row is a ${printable(entity)}; `;
  const share = `${fields.length - guessed} of ${fields.length} fields are known well enough (${percent(CONFIDENT)})`;
  return `${[head, ...coloured, '', `${of}locale ${locale}; ${share}`].join('\n')}\n`;
}

const percent = (share: number): string => `${Math.floor(share * 100)}%`;

const colourOf = (confidence: number): 'reset' | 'yellow' => (confidence < CONFIDENT ? 'yellow' : 'reset');

/** `min: 18, max: 90`, which reads better than JSON. */
const optionsOf = (options: Readonly<Record<string, unknown>>): string =>
  Object.entries(options)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
