import { add, constant, type Int, mul, type Piece, pick, sub, text } from '../../plan/program.ts';
import { type BuildContext, defineType, type FieldType, type Options } from '../field-type.ts';

const sex = {
  kind: 'one of',
  values: ['female', 'male'],
  summary: "Keep to names of one sex; such a field does not follow the row's person.",
  aliases: ['gender'],
} as const;

/** The row's first name, or one of the asked-for sex. */
function firstName(options: Options, context: BuildContext): Piece {
  const { firstNames } = context.lists;
  const { sex } = options;
  if (sex === 'female' || sex === 'male') return nameOfSex(sex, context, context.choose);
  return pick(firstNames, context.shared('person', 0, firstNames.length));
}

/** A first name of one sex, which is not that of the row's person. @param uniform what draws it where all are alike */
export function nameOfSex(sex: 'female' | 'male', context: BuildContext, uniform: (below: number) => Int): Piece {
  const names = sex === 'female' ? context.lists.femaleNames : context.lists.maleNames;
  const odds = context.unique ? undefined : context.lists.oddsOfSex(sex);
  return pick(names, odds === undefined ? uniform(names.length) : { op: 'weighted', odds });
}

/**
 * The row's family name, in the form of the sex of its first name where the language has two. A unique field keeps to
 * the form of men (or of the sex asked for), so that different choices are different texts.
 */
export function lastName(options: Options, context: BuildContext): Piece {
  const { lists } = context;
  const index = context.shared('person', 1, lists.lastNames.length);
  if (!lists.lastBySex) return pick(lists.lastNames, index);
  if (options['sex'] === 'female') return pick(lists.lastNamesFemale, index);
  if (options['sex'] === 'male' || context.unique) return pick(lists.lastNames, index);
  return pick(lists.lastNamesBySex, formOfSex(index, context));
}

/** Index into `lastNamesBySex` (or its slugs) of the row's person. */
export function formOfSex(index: Int, { lists, member }: BuildContext): Int {
  const { firstNames, femaleNames, lastNames } = lists;
  const first = member('person', 0, firstNames.length);
  const isMale: Int = sub(constant(1), { op: 'less', a: first, b: constant(femaleNames.length) });
  return add(index, mul(isMale, lastNames.length));
}

/** First and family name in the order of the locale. */
const fullName = (options: Options, context: BuildContext): Piece[] =>
  context.lists.data.person.pattern.split(/(\{first\}|\{last\})/).flatMap((part): Piece[] => {
    if (part === '{first}') return [firstName(options, context)];
    if (part === '{last}') return [lastName(options, context)];
    return part === '' ? [] : [text(part)];
  });

/** Types of the person of a row: name, and what is made from it. */
export const nameTypes: readonly FieldType[] = [
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
    build: (options, context) => ({ kind: 'string', body: [lastName(options, context)] }),
  }),
  defineType({
    key: 'full_name',
    label: 'Full name',
    family: 'person',
    summary: "Given and family name of the row's person, in the order of the locale.",
    aliases: ['fullName', 'name'],
    options: { sex },
    example: 'Charlotte Okafor',
    localised: true,
    build: (options, context) => ({
      kind: 'string',
      body: fullName(options, context),
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
