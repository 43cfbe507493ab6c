import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TableContext } from '../table/table-context.ts';
import { Surroundings } from './surroundings.ts';

const word = fc.constantFrom('order', 'invoice', 'patient', 'ship', 'vehicle', 'school');
const words = fc.array(word, { maxLength: 5 });

it('matches the words that are near, about the table or in front, in the order in which they are asked for', () => {
  fc.assert(
    fc.property(fc.array(words, { maxLength: 4 }), words, words, words, (asked, subject, others, inFront) => {
      const context: TableContext = {
        near: new Set([...subject, ...others]),
        subject: new Set(subject),
        columns: new Set(),
        written: new Set(),
        heads: new Set(),
        entity: undefined,
        entityClass: undefined,
      };
      const surroundings = new Surroundings();
      const numbers = asked.map((each) => surroundings.numbersOf(each));
      for (const [i, each] of asked.entries()) {
        const { matched, own } = surroundings.matching(numbers[i] as readonly number[], inFront, context);
        expect(matched).toEqual(each.filter((one) => context.near.has(one) || inFront.includes(one)));
        expect(own).toBe(each.filter((one) => context.subject.has(one) || inFront.includes(one)).length);
      }
    }),
  );
});
