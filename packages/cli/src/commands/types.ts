import type { FieldTypeInfo, OptionInfo } from '@datamaker/engine';
import type { Arguments, Command } from '../arguments/command.ts';
import { badArgument } from '../errors/command-error.ts';
import { print } from '../output/print.ts';

export const types: Command = {
  name: 'types',
  summary: 'list the field types, or explain one',
  usage: '[type] [options]',
  positionals: { min: 0, max: 1, name: 'type' },
  flags: [{ name: 'json', summary: 'as JSON' }],
  notes: [],
  examples: ['datamaker types', 'datamaker types iban', 'datamaker types --json'],
  run,
};

async function run(args: Arguments): Promise<void> {
  const { commonOptionInfos, fieldTypes } = await import('@datamaker/engine');
  const all = fieldTypes();
  const [wanted] = args.positionals;
  const type = wanted === undefined ? undefined : await find(all, wanted);
  if (args.flags.has('json')) await print(`${JSON.stringify(type ?? all, undefined, 2)}\n`);
  else await print(type === undefined ? catalogue(all) : details(type, commonOptionInfos()));
}

async function find(all: readonly FieldTypeInfo[], wanted: string): Promise<FieldTypeInfo> {
  const type = all.find((candidate) => candidate.key === wanted || candidate.aliases.includes(wanted));
  if (type !== undefined) return type;
  const { nearest } = await import('@datamaker/engine');
  const match = nearest(
    wanted,
    all.flatMap((candidate) => [candidate.key, ...candidate.aliases]),
  );
  const hint =
    match === undefined ? '`datamaker types` lists them' : `did you mean ${match}? \`datamaker types\` lists them all`;
  throw badArgument(wanted, 'unknown_type', 'there is no such field type', hint);
}

function catalogue(all: readonly FieldTypeInfo[]): string {
  const width = Math.max(...all.map(({ key }) => key.length)) + 2;
  const families = [...new Set(all.map(({ family }) => family))];
  const sections = families.map((family) => {
    const members = all.filter((type) => type.family === family);
    return [family, ...members.map(({ key, summary }) => `  ${key.padEnd(width)}${summary}`)].join('\n');
  });
  return `${sections.join('\n\n')}\n\n\`datamaker types <type>\` explains one.\n`;
}

function details(type: FieldTypeInfo, common: readonly OptionInfo[]): string {
  const width = Math.max(...[...type.options, ...common].map(({ name }) => name.length)) + 2;
  const lines = [`${type.key}: ${type.summary}`, '', `  family   ${type.family}`];
  if (type.aliases.length > 0) lines.push(`  aliases  ${type.aliases.join(', ')}`);
  lines.push(`  example  ${JSON.stringify(type.example)}${exampleOptions(type)}`);
  if (type.slow !== undefined) lines.push(`  slow     ${type.slow}`);
  if (type.options.length > 0) lines.push('', 'options:', ...type.options.map((option) => describe(option, width)));
  lines.push('', 'options of every type:', ...common.map((option) => describe(option, width)));
  return `${lines.join('\n')}\n`;
}

function exampleOptions(type: FieldTypeInfo): string {
  const options = Object.keys(type.exampleOptions).length === 0 ? '' : ` with ${JSON.stringify(type.exampleOptions)}`;
  return type.exampleFields.length === 0 ? options : `${options} beside ${JSON.stringify(type.exampleFields)}`;
}

function describe(option: OptionInfo, width: number): string {
  const remarks = [option.type];
  if (option.required) remarks.push('required');
  if (option.default !== undefined) remarks.push(`default ${JSON.stringify(option.default)}`);
  if (option.aliases.length > 0) remarks.push(`also ${option.aliases.join(', ')}`);
  return `  ${option.name.padEnd(width)}${option.summary} (${remarks.join('; ')})`;
}
