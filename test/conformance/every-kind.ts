import { compileTemplate, type Plan, parseTemplate } from '@datamaker/engine';

/** Texts that break what is escaped by half. */
const NASTY = [
  "it's",
  '"quoted"',
  'a,b;c|d',
  '<&>]]>',
  'a\nb',
  'a\tb',
  ' blanks ',
  '\\',
  '=1+1',
  '😀 漢字 é',
  '\u2028',
  'null',
  '{{x}}',
];

/** A plan with every kind of value there is, null among them. */
export async function everyKind(seed: string): Promise<Plan> {
  const fields = [
    { name: 'id', type: 'sequence' },
    { name: 'small', type: 'number', options: { min: -100, max: 100, null_percentage: 10 } },
    { name: 'large', type: 'number', options: { min: -1e15, max: 1e15 } },
    { name: 'money', type: 'currency', options: { min: -5000, max: 5000 } },
    { name: 'exact', type: 'float', options: { min: -1e9, max: 1e9, decimals: 6, null_percentage: 10 } },
    { name: 'any number', type: 'enum', options: { values: [1.5, 1e300, -0.1, 3] } },
    { name: 'flag', type: 'boolean', options: { null_percentage: 10 } },
    { name: 'day', type: 'date', options: { min: '1901-01-01', max: '2199-12-31', null_percentage: 10 } },
    { name: 'old', type: 'date', options: { min: '1700-01-01', max: '1950-12-31' } },
    { name: 'moment', type: 'datetime', options: { min: '1969-01-01T00:00:00Z' } },
    { name: 'second', type: 'datetime', options: { precision: 'seconds', null_percentage: 10 } },
    { name: 'clock', type: 'time' },
    { name: 'key', type: 'uuid', options: { null_percentage: 10 } },
    { name: 'text', type: 'enum', options: { values: NASTY, null_percentage: 10 } },
    { name: 'pattern', type: 'regex', options: { pattern: '[a-c<&"\',;]{1,9}' } },
    { name: 'mixed', type: 'enum', options: { values: ['x', 1, true, { a: [1] }] } },
    { name: 'free', type: 'constant', options: { value: { list: [1, null, 'x'], object: { deep: true } } } },
    { name: 'nothing', type: 'null' },
    {
      name: 'lines',
      type: 'template',
      options: {
        array: true,
        count: { min: 0, max: 3 },
        fields: [
          { name: 'sku', type: 'regex', options: { pattern: '[A-Z]{3}' } },
          { name: 'price', type: 'currency', options: { null_percentage: 20 } },
          { name: 'on', type: 'date' },
        ],
      },
    },
    {
      name: 'place',
      type: 'template',
      options: {
        null_percentage: 20,
        fields: [
          { name: 'city', type: 'city' },
          { name: 'at', type: 'datetime' },
        ],
      },
    },
    { name: 'label', type: 'derived', options: { expression: '{{id}}: {{text}}' } },
    { name: 'double', type: 'derived', options: { expression: 'money * 2' } },
  ];
  const parsed = parseTemplate({ name: 'every kind', fields });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const plan = await compileTemplate(parsed.value, { seed, now: Date.UTC(2026, 0, 1) });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  return plan.value;
}
