import type { Template } from '@datamaker/engine';
import { badArgument, badInput } from '../errors/command-error.ts';
import { readRows } from '../rows/read-rows.ts';
import { openRows, type RowSource } from '../rows/row-source.ts';

const FLAG = '--resource';

type Field = Template['fields'][number];

/**
 * Reads the files that `--resource` names. Of CSV all values are texts, and null where a cell is empty.
 * @param given `name=file`, each
 * @returns the rows by name
 * @throws CommandError (exit code 2) when one is not written so, is there twice, cannot be read, is malformed or too large
 */
export async function loadResources(given: readonly string[]): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const resources = new Map<string, readonly unknown[]>();
  const budget = { left: 0 };
  for (const { name, file } of given.map(partsOf)) {
    const { limits } = await import('@datamaker/engine');
    if (resources.size === 0) budget.left = limits.MAX_RESOURCE_BYTES;
    if (resources.has(name))
      throw badArgument(
        FLAG,
        'duplicate_resource',
        `two files are called ${show(name)}`,
        'give each a name of its own',
      );
    resources.set(name, await rowsOf(bounded(openRows(file, undefined, FLAG), budget, limits.MAX_RESOURCE_BYTES)));
  }
  return resources;
}

/** The files that `--resource` names. */
export const filesOf = (given: readonly string[]): readonly string[] => given.map((one) => partsOf(one).file);

/**
 * What no field picks from was meant for one: it is not left out in silence.
 * @throws CommandError (exit code 2) that names it
 */
export async function refuseUnused(resources: ReadonlyMap<string, unknown>, template: Template): Promise<void> {
  if (resources.size === 0) return;
  const names = new Set<string>();
  const visit = (field: Field): void => {
    if (field.type.key === 'sample') names.add(String(field.options['from']));
    for (const inner of [...(field.nested?.fields ?? []), ...(field.parts ?? []).map((part) => part.field)])
      visit(inner);
  };
  for (const field of template.fields) visit(field);
  const unused = [...resources.keys()].find((name) => !names.has(name));
  if (unused === undefined) return;
  const { nearest } = await import('@datamaker/engine');
  const near = nearest(unused, names);
  const known =
    names.size === 0 ? 'the template has no `sample` field' : `its fields name ${[...names].map(show).join(', ')}`;
  const hint = near === undefined ? known : `did you mean ${show(near)}?`;
  throw badArgument(FLAG, 'unknown_resource', `no field of the template picks from ${show(unused)}`, hint);
}

const show = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

function partsOf(given: string): { name: string; file: string } {
  const at = given.indexOf('=');
  const [name, file] = [given.slice(0, at), given.slice(at + 1)];
  if (at > 0 && file !== '') return { name, file };
  const hint = 'write the name in `from`, = and the file, such as customers=data/customers.csv';
  throw badArgument(FLAG, 'invalid_resource', `${show(given)} is no name=file`, hint);
}

/** The source, refused where it goes beyond what is left of all files together. */
function bounded(source: RowSource, budget: { left: number }, limit: number): RowSource {
  return {
    ...source,
    async *text() {
      for await (const piece of source.text()) {
        budget.left -= Buffer.byteLength(piece);
        if (budget.left < 0) {
          const message = `with the files before it, it is larger than ${limit / 1024 / 1024} MiB`;
          const hint = 'keep the columns and rows that are picked from';
          throw badInput(source.name, [{ code: 'resource_too_large', message, hint }]);
        }
        yield piece;
      }
    },
  };
}

async function rowsOf(source: RowSource): Promise<readonly unknown[]> {
  const { limits } = await import('@datamaker/engine');
  const all: unknown[] = [];
  for await (const { rows } of readRows(source, ',')) {
    rows.forEach((row, i) => {
      if (source.format !== 'csv' && holdsBigint(row)) throw tooPrecise(source.name, all.length + i + 1);
    });
    for (const row of rows) all.push(row);
    if (all.length > limits.MAX_RESOURCE_ROWS) throw tooManyRows(source.name, limits.MAX_RESOURCE_ROWS);
  }
  return all;
}

/** Nested as deep as a file can be, which is deeper than a function may call itself. */
function holdsBigint(value: unknown): boolean {
  const left = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one === 'bigint') return true;
    if (one !== null && typeof one === 'object') for (const member of Object.values(one)) left.push(member);
  }
  return false;
}

const tooManyRows = (name: string, most: number): Error => {
  const hint = 'keep the columns and rows that are picked from';
  return badInput(name, [{ code: 'resource_too_large', message: `it has more than ${most} rows`, hint }]);
};

/** An id must not change by being read, and what is generated holds doubles. */
const tooPrecise = (name: string, row: number): Error =>
  badInput(name, [
    {
      code: 'number_too_large',
      message: `row ${row} has a whole number beyond 2^53, which would lose digits`,
      hint: 'write it as a text, in quotes',
    },
  ]);
