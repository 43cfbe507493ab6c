import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemOfFileName, problemOfSetName } from './check-name.ts';

describe('names', () => {
  it('that are taken are paths to nowhere else', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        '.',
        '/',
        '\\',
        '%',
        '2',
        'e',
        'f',
        '\0',
        ' ',
        ':',
        '\u202e',
        '\uff0e',
        '\uff0f',
        'a',
        '~',
        '-',
        '\u0430',
      ),
      maxLength: 30,
    });
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (name) => {
        if (problemOfFileName(name, '/name') !== undefined) return;
        // Decoded once more, or with what others take for dots and slashes, it is still itself.
        for (const form of [name, name.normalize('NFKC'), decodeURIComponent(name)]) {
          expect(new URL(form.split('/').map(encodeURIComponent).join('/'), 'file:///root/x/').pathname).toBe(
            `/root/x/${name.split('/').map(encodeURIComponent).join('/')}`,
          );
        }
        expect(name).not.toMatch(/[\\:%?*"<>|\p{C}]/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      }),
      { numRuns: 3000 },
    );
  });

  it('of sets can be files as well, in one step', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 140 }), (name) => {
        if (problemOfSetName(name, '/name') !== undefined) return;
        expect(problemOfFileName(name, '/name')).toBe(undefined);
        expect(name).not.toMatch(/[/@]/);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['customers', 'reg_bp_de_2026q2', 'Größe 2', '客户', 'отчёт_Q1', 'v1.2-final', '_x', '1'])(
    'may be %s',
    (name) => {
      expect(problemOfSetName(name, '/name')).toBe(undefined);
      expect(problemOfFileName(`${name}/${name}.csv`, '/name')).toBe(undefined);
    },
  );
});
