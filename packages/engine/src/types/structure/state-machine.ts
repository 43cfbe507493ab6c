import { add, digits, text } from '../../plan/program.ts';
import { defineType, type FieldType, type OptionProblem, type Options } from '../field-type.ts';
import { countOf } from '../text/running-text.ts';

type Transitions = Readonly<Record<string, readonly string[] | Readonly<Record<string, number>>>>;

const nextOf = (next: Transitions[string] | undefined): readonly string[] =>
  Array.isArray(next) ? next : Object.keys(next ?? {});

function check({ transitions, start }: Options): OptionProblem[] {
  const map = transitions as Transitions;
  const known = new Set([...Object.keys(map), ...Object.values(map).flatMap(nextOf)]);
  if (typeof start !== 'string' || known.has(start)) return [];
  return [
    {
      option: 'start',
      message: `no transition leads from or to ${JSON.stringify(start)}`,
      hint: `states: ${[...known].join(', ')}`,
    },
  ];
}

/** States of a process and the way that led there: only steps that the transitions allow. */
export const stateMachineType: FieldType = defineType({
  key: 'state_machine',
  label: 'State machine',
  family: 'structure',
  summary:
    'The state of a process after some steps, or all states on the way: only legal steps are taken, and none from a state without a next one.',
  aliases: ['workflow', 'lifecycle'],
  options: {
    transitions: {
      kind: 'map',
      of: 'next states',
      summary: 'State → list of next states, or map from next state to weight.',
      required: true,
    },
    start: { kind: 'string', maxLength: 200, summary: 'First state; the first key of `transitions` when left out.' },
    steps: {
      kind: 'count',
      min: 0,
      max: 100,
      summary: 'Steps taken, unless the process ends before.',
      default: { min: 0, max: 6 },
    },
    output: {
      kind: 'one of',
      values: ['state', 'history'],
      summary: 'The last state, or the list of all.',
      default: 'state',
    },
  },
  example: 'shipped',
  exampleOptions: {
    transitions: {
      created: ['paid', 'cancelled'],
      paid: { packed: 9, refunded: 1 },
      packed: ['shipped'],
      shipped: ['delivered', 'returned'],
    },
  },
  check,
  notUnique: 'there are few states',
  slow: 'Walked in JavaScript, row by row; the other fields of the template keep their speed.',
  build: ({ transitions, start, steps, output }, { draw }) => {
    const { min, max } = countOf(steps);
    const chances = Array.from({ length: max }, () => digits(draw(1_000_000), 6));
    return {
      kind: 'computed',
      maker: 'walk',
      options: { transitions, start: start ?? Object.keys(transitions as object)[0], output },
      input: { kind: 'string', body: [digits(add(draw(max - min + 1), min), 3), text(' '), ...chances] },
    };
  },
});
