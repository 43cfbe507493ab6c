import { constant, type Piece } from '../../plan/program.ts';
import { Identifier } from '../checks/identifier.ts';
import { defineType, type FieldType } from '../field-type.ts';
import { listType } from '../list-type.ts';
import lists from './lists.json' with { type: 'json' };

const column = (table: readonly (readonly string[])[], index: number): readonly string[] =>
  table.map((line) => line[index] ?? '');

/** Slots of the coherence group `specimen`; numbers are part of the output's contract. */
const ELEMENT = 0;
const UNIT = 1;
const ANIMAL = 2;

/** Nature, in names and numbers. */
export const scienceTypes: readonly FieldType[] = [
  listType({
    key: 'chemical_element',
    label: 'Chemical element',
    family: 'science',
    summary: "Name of the row's element.",
    aliases: ['element'],
    values: column(lists.elements, 0),
    of: ['specimen', ELEMENT],
  }),
  listType({
    key: 'element_symbol',
    label: 'Element symbol',
    family: 'science',
    summary: "Symbol of the row's element.",
    values: column(lists.elements, 1),
    of: ['specimen', ELEMENT],
  }),
  listType({
    key: 'si_unit',
    label: 'SI unit',
    family: 'science',
    summary: 'Name of a base or derived unit of the SI.',
    aliases: ['measurement_unit'],
    values: column(lists.units, 0),
    of: ['specimen', UNIT],
  }),
  listType({
    key: 'si_unit_symbol',
    label: 'SI unit symbol',
    family: 'science',
    summary: "Symbol of the row's unit.",
    values: column(lists.units, 1),
    of: ['specimen', UNIT],
  }),
  listType({
    key: 'planet',
    label: 'Planet',
    family: 'science',
    summary: 'A planet of the Sun.',
    values: lists.planets,
  }),
  listType({
    key: 'constellation',
    label: 'Constellation',
    family: 'science',
    summary: 'A constellation of the IAU.',
    values: lists.constellations,
  }),
  listType({
    key: 'animal',
    label: 'Animal',
    family: 'science',
    summary: "The row's animal.",
    values: column(lists.animals, 0),
    of: ['specimen', ANIMAL],
  }),
  listType({
    key: 'animal_class',
    label: 'Class of animals',
    family: 'science',
    summary: "The class of the row's animal.",
    values: column(lists.animals, 1),
    of: ['specimen', ANIMAL],
  }),
  defineType({
    key: 'cas_number',
    label: 'CAS number',
    family: 'science',
    summary: 'A CAS registry number with its check digit.',
    aliases: ['cas_rn', 'cas'],
    options: {},
    example: '7732-18-5',
    build: (_, context) => {
      const id = new Identifier(context).between(1, 9, 1).digits(3).separator('-').digits(2).separator('-');
      // From the right, digits before the check digit count 1, 2, 3 … (CAS, Check Digit Verification of CAS Registry Numbers).
      const sum = id.sum((char, position) => Number(char) * (6 - position));
      return { kind: 'string', body: id.number({ op: 'mod', a: sum, b: constant(10) }, 1).pieces };
    },
  }),
  defineType({
    key: 'dna_sequence',
    label: 'DNA sequence',
    family: 'science',
    summary: 'Bases A, C, G and T.',
    options: { length: { kind: 'integer', min: 1, max: 1000, summary: 'Number of bases.', default: 24 } },
    example: 'ACGTTGCATGTCGCATGATGCATG',
    build: ({ length }, { choose }) => {
      const codons = (size: number): readonly string[] =>
        size === 0 ? [''] : codons(size - 1).flatMap((rest) => [...'ACGT'].map((base) => base + rest));
      const runs = [...Array.from({ length: Math.floor((length as number) / 4) }, () => 4), (length as number) % 4];
      const lists = [[], codons(1), codons(2), codons(3), codons(4)];
      const body = runs.flatMap((size): Piece[] => {
        const from = lists[size] ?? [];
        return size === 0 ? [] : [{ p: 'pick', from, index: choose(from.length) }];
      });
      return { kind: 'string', body };
    },
  }),
];
