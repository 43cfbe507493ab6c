import { type Arguments, type Command, flagValue, flagValues } from '../arguments/command.ts';
import { toNumber } from '../arguments/to-number.ts';
import { toProblems } from '../arguments/to-problems.ts';
import { badInput, type Problem } from '../errors/command-error.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { assertPromises } from '../profile/assert-promises.ts';
import { resourceFlag } from '../resources/resource-flag.ts';
import { loadPlan } from '../template/load-plan.ts';
import { withPrograms } from '../template/with-programs.ts';

export const profile: Command = {
  name: 'profile',
  summary: 'say what is in the rows of a template, and whether it is what it promises',
  usage: '<template.json | -> [options]',
  positionals: { min: 1, max: 1, name: 'template.json' },
  flags: [
    { name: 'count', short: 'n', value: 'N', summary: 'how many rows to look at (default: 10000)' },
    { name: 'seed', short: 's', value: 'text', summary: 'of the rows; without one it is drawn and told on stderr' },
    { name: 'json', summary: 'as JSON, with quantiles, histograms, common values, shapes and all checks' },
    { name: 'check', summary: 'end with exit code 1 when a promise does not hold' },
    {
      name: 'templates',
      value: 'path',
      summary: 'folder or file with the templates that `template_id` names (default: the folder of the template)',
    },
    resourceFlag,
  ],
  notes: [
    'Texts and lists are told of by their lengths. A distinct count with ~ is estimated, to 0.8%.',
    'Promises are what the options say, what a type says of its values, and what it makes them of: shares of nulls, bounds, mean, spread and shape of distributions, closed lists with their weights, patterns, lengths and checksums, uniqueness, lengths of lists. Chance alone breaks one in fewer than 1 of 16,000.',
  ],
  examples: ['datamaker profile customer.json', 'datamaker profile customer.json --count 100000 --seed demo --check'],
  run,
};

async function run(args: Arguments): Promise<void> {
  const [path = ''] = args.positionals;
  const engine = await import('@datamaker/engine');
  const given = flagValue(args, 'seed');
  const count = engine.parseCount(toNumber(flagValue(args, 'count') ?? '10000'));
  const seed = given === undefined ? undefined : engine.parseSeed(given);
  const problems: Problem[] = [
    ...(count.ok ? [] : toProblems('count', count.diagnostics)),
    ...(seed === undefined || seed.ok ? [] : toProblems('seed', seed.diagnostics)),
  ];
  if (!count.ok || problems.length > 0) throw badInput('the command line', problems);
  const loaded = await loadPlan(path, {
    external: ['python'],
    templates: flagValue(args, 'templates'),
    resources: flagValues(args, 'resource'),
    rows: count.value,
    ...(seed?.ok === true ? { seed: seed.value } : {}),
  });
  const { plan, template } = loaded;
  if (seed === undefined) say(`seed: ${plan.seed}\n`);
  const found = await withPrograms(loaded, (external) => engine.profilePlan(plan, template, count.value, { external }));
  if (args.flags.has('json')) {
    await print(`${JSON.stringify({ seed: plan.seed, ...found }, undefined, 2)}\n`);
  } else {
    const { drawProfile } = await import('../profile/draw-profile.ts');
    await print(drawProfile(found));
  }
  if (args.flags.has('check')) assertPromises(found);
}
