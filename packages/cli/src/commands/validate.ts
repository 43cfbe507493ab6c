import { type Arguments, type Command, flagValue, flagValues } from '../arguments/command.ts';
import { toNumber } from '../arguments/to-number.ts';
import { toProblems } from '../arguments/to-problems.ts';
import { badInput } from '../errors/command-error.ts';
import { print } from '../output/print.ts';
import { resourceFlag } from '../resources/resource-flag.ts';
import { loadPlan } from '../template/load-plan.ts';

export const validate: Command = {
  name: 'validate',
  summary: 'check a template and list everything that is wrong with it',
  usage: '<template.json | -> [options]',
  positionals: { min: 1, max: 1, name: 'template.json' },
  flags: [
    { name: 'count', short: 'n', value: 'N', summary: 'also check that `unique` fields can give so many rows' },
    {
      name: 'templates',
      value: 'path',
      summary: 'folder or file with the templates that `template_id` names (default: the folder of the template)',
    },
    resourceFlag,
  ],
  notes: [
    'Each problem is told with file, line and column, with its JSON pointer and with a remedy. Nothing is generated.',
  ],
  examples: ['datamaker validate customer.json', 'datamaker validate customer.json --count 1000000'],
  run,
};

async function run(args: Arguments): Promise<void> {
  const [path = ''] = args.positionals;
  const count = flagValue(args, 'count');
  const rows = count === undefined ? undefined : await toRows(count);
  const { plan } = await loadPlan(path, {
    templates: flagValue(args, 'templates'),
    resources: flagValues(args, 'resource'),
    ...(rows === undefined ? {} : { rows }),
  });
  const fields = plan.fields.length === 1 ? '1 field' : `${plan.fields.length} fields`;
  await print(`${path === '-' ? '<stdin>' : path}: ok, ${fields}\n`);
}

async function toRows(text: string): Promise<number> {
  const { parseCount } = await import('@datamaker/engine');
  const result = parseCount(toNumber(text));
  if (result.ok) return result.value;
  throw badInput('the command line', toProblems('count', result.diagnostics));
}
