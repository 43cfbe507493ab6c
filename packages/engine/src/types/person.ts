import { type Piece, pick, text } from '../plan/program.ts';
import { type BuildContext, defineType, type FieldType, type Options } from './field-type.ts';

const sex = {
  kind: 'one of',
  values: ['female', 'male'],
  summary: "Keep to names of one sex; such a field does not follow the row's person.",
  aliases: ['gender'],
} as const;

/** The row's first name, or one of the asked-for sex. */
function firstName(options: Options, context: BuildContext): Piece {
  const { firstNames, femaleNames, maleNames } = context.lists;
  if (options['sex'] === 'female') return pick(femaleNames, context.choose(femaleNames.length));
  if (options['sex'] === 'male') return pick(maleNames, context.choose(maleNames.length));
  return pick(firstNames, context.shared('person', 0, firstNames.length));
}

const lastName = (context: BuildContext): Piece =>
  pick(context.lists.lastNames, context.shared('person', 1, context.lists.lastNames.length));

/** Types of the person of a row: name, and what is made from it. */
export const personTypes: readonly FieldType[] = [
  defineType({
    key: 'first_name',
    label: 'First name',
    family: 'person',
    summary: "Given name of the row's person.",
    aliases: ['firstName', 'given_name'],
    options: { sex },
    example: 'Charlotte',
    localised: true,
    build: (options, context) => ({ kind: 'string', body: [firstName(options, context)] }),
  }),
  defineType({
    key: 'last_name',
    label: 'Last name',
    family: 'person',
    summary: "Family name of the row's person.",
    aliases: ['lastName', 'surname', 'family_name'],
    options: {},
    example: 'Okafor',
    localised: true,
    build: (_, context) => ({ kind: 'string', body: [lastName(context)] }),
  }),
  defineType({
    key: 'full_name',
    label: 'Full name',
    family: 'person',
    summary: "Given and family name of the row's person.",
    aliases: ['fullName', 'name'],
    options: { sex },
    example: 'Charlotte Okafor',
    localised: true,
    build: (options, context) => ({
      kind: 'string',
      body: [firstName(options, context), text(' '), lastName(context)],
    }),
  }),
  defineType({
    key: 'job_title',
    label: 'Job title',
    family: 'person',
    summary: 'A position in a company.',
    aliases: ['jobTitle'],
    options: {},
    example: 'Senior Accountant',
    localised: true,
    build: (_, { lists, choose }) => ({
      kind: 'string',
      body: [pick(lists.data.jobTitles, choose(lists.data.jobTitles.length))],
    }),
  }),
];
