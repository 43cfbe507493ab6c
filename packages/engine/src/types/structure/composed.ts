import { defineType, type FieldType, type OptionSpec } from '../field-type.ts';

const byJavaScript = 'Chosen in JavaScript, row by row; the other fields of the template keep their speed.';

const sibling = (summary: string): OptionSpec => ({
  kind: 'string',
  minLength: 1,
  maxLength: 200,
  summary,
  required: true,
});

/** Types made of other fields: the parser finds them (template/parse-parts.ts), the compiler joins them (compile/compose.ts). */
export const composedTypes: readonly FieldType[] = [
  defineType({
    key: 'object',
    label: 'Object',
    family: 'structure',
    summary: 'An object of the fields given here.',
    options: { fields: { kind: 'fields', summary: 'Its fields.', required: true } },
    example: { street: 'Miller Street', city: 'Rotterdam' },
    exampleOptions: {
      fields: [
        { name: 'street', type: 'street_address' },
        { name: 'city', type: 'city' },
      ],
    },
    notUnique: 'objects are not compared',
  }),
  defineType({
    key: 'array',
    label: 'List of values',
    family: 'structure',
    summary: 'A list of values of any type.',
    options: {
      of: { kind: 'field', summary: 'What each value is: { "type": …, "options": … }.', required: true },
      count: {
        kind: 'count',
        min: 0,
        max: 10_000,
        summary: 'Length of the list: a number or { min, max }.',
        default: { min: 1, max: 3 },
      },
    },
    example: ['red', 'teal'],
    exampleOptions: { of: { type: 'color' } },
    notUnique: 'lists are not compared',
  }),
  defineType({
    key: 'switch',
    label: 'Depends on another field',
    family: 'structure',
    summary:
      "A field of one kind or another, by the value of another field of the row: `cases` has the values' texts as keys.",
    options: {
      field: sibling('The other field.'),
      cases: { kind: 'map', of: 'field', summary: 'For each value a field without a name.', required: true },
      default: { kind: 'field', summary: 'For all other values; null when left out.' },
    },
    example: 'DE89370400440532013000',
    exampleFields: [{ name: 'method', type: 'enum', options: { values: ['transfer', 'card', 'cash'] } }],
    exampleOptions: {
      field: 'method',
      cases: { transfer: { type: 'iban' }, card: { type: 'credit_card_number' } },
      default: { type: 'constant', options: { value: '' } },
    },
    notUnique: 'its kinds differ from row to row',
    slow: byJavaScript,
  }),
  defineType({
    key: 'mapped',
    label: 'Mapped',
    family: 'structure',
    summary: "A value for each value of another field: `map` has the values' texts as keys.",
    aliases: ['mapping', 'lookup'],
    options: {
      field: sibling('The other field.'),
      map: { kind: 'map', of: 'any', summary: 'The other value → this value.', required: true },
      default: { kind: 'any', summary: 'For all other values; null when left out.' },
    },
    example: 'Germany',
    exampleFields: [{ name: 'code', type: 'enum', options: { values: ['DE', 'FR', 'US'] } }],
    exampleOptions: { field: 'code', map: { DE: 'Germany', FR: 'France' }, default: 'elsewhere' },
    notUnique: 'it follows another field',
    slow: byJavaScript,
  }),
  defineType({
    key: 'reference',
    label: 'Reference',
    family: 'structure',
    summary:
      'A value that a field of another template has in some row there, for the same seed: a foreign key that is always met. Two references to one template mean the same row of it.',
    aliases: ['foreign_key', 'foreignKey'],
    options: {
      template_id: {
        kind: 'string',
        minLength: 1,
        maxLength: 200,
        summary: 'The other template; without it and `fields`, this one.',
        aliases: ['templateId', 'template'],
      },
      fields: { kind: 'fields', summary: 'The fields of the other template, given here.' },
      field: sibling('The field of the other template.'),
      rows: {
        kind: 'integer',
        min: 1,
        max: 1e12,
        summary:
          'How many rows the other template makes. Any of them is referred to; with `unique`, each at most once.',
      },
      per_parent: {
        kind: 'count',
        min: 0,
        max: 10_000,
        summary: 'How many rows in turn refer to the same row: a number or { min, max }, kept exactly.',
        aliases: ['fan_out'],
      },
    },
    example: 17,
    exampleOptions: { fields: [{ name: 'id', type: 'sequence' }], field: 'id', rows: 100_000 },
    check: ({ rows, per_parent: perParent, template_id: id, fields, unique }) => [
      ...(rows === undefined && perParent === undefined
        ? [
            {
              option: 'rows',
              message: 'how many rows there are to refer to is not said',
              hint: 'give `rows`, or `per_parent`',
            },
          ]
        : []),
      ...(id !== undefined && fields !== undefined
        ? [
            {
              option: 'fields',
              message: '`template_id` and `fields` exclude each other',
              hint: 'leave out one of them',
            },
          ]
        : []),
      ...(perParent === 0 ||
      (typeof perParent === 'object' && perParent !== null && (perParent as { max: number }).max === 0)
        ? [{ option: 'per_parent', message: '`per_parent` allows no rows at all', hint: 'give at least 1' }]
        : []),
      ...(unique === true && perParent !== undefined
        ? [
            {
              option: 'per_parent',
              message: 'a unique reference is met once',
              hint: 'leave out `per_parent` and give `rows`',
            },
          ]
        : []),
    ],
  }),
  defineType({
    key: 'running_total',
    label: 'Running total',
    family: 'structure',
    summary: 'The sum of another field over the rows so far; in nested lists, over the list so far.',
    aliases: ['cumulative_sum', 'running_balance'],
    options: {
      field: sibling('The field that is added up.'),
      every: {
        kind: 'integer',
        min: 1,
        max: 10_000,
        summary: 'Rows after which it begins again, so that any row can be made without all rows before it.',
        default: 1000,
        aliases: ['reset_every'],
      },
    },
    example: 149.97,
    exampleFields: [{ name: 'amount', type: 'currency' }],
    exampleOptions: { field: 'amount', every: 100 },
    notUnique: 'it follows another field',
    slow: 'Added up in JavaScript, row by row; the other fields of the template keep their speed.',
  }),
  defineType({
    key: 'blank',
    label: 'Blank',
    family: 'structure',
    seedless: true,
    summary: 'The empty text in every row.',
    aliases: ['empty', 'empty_string'],
    options: {},
    example: '',
    notUnique: 'it is the same in every row',
    build: () => ({ kind: 'choice', values: [''], index: { op: 'const', value: 0 } }),
  }),
];
