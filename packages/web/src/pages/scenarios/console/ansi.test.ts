import { expect, it } from 'vitest';
import { piecesOf } from './ansi.ts';

it('shows colours and weights as classes, and markup as text', () => {
  expect(piecesOf('\u001b[1;31mbad\u001b[0m <b>fine</b>')).toEqual([
    { text: 'bad', className: 'text-bad font-bold' },
    { text: ' <b>fine</b>', className: '' },
  ]);
});

it('leaves out what only terminals understand, and what was overwritten', () => {
  expect(piecesOf('\u001b]0;title\u0007\u001b[2K\u001b[1Gdone').map(({ text }) => text)).toEqual(['done']);
  expect(piecesOf('10 %\r20 %\r').map(({ text }) => text)).toEqual(['20 %']);
});

it('cuts lines that nobody reads', () => {
  expect(piecesOf('x'.repeat(1_000_000))[0]?.text.length).toBeLessThan(5000);
});
