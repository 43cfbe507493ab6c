import { parseTemplate } from '@datamaker/engine';
import { badInput, type Problem } from '../errors/command-error.ts';
import type { Columns } from './columns.ts';

/** Problems that are told of one table; the rest are counted. */
const MOST = 20;

/** Sees to it that a template can have fields of these names. @throws CommandError that names the columns */
export function checkNames({ source, names }: Columns): void {
  if (names.length === 0)
    throw badInput(source, [
      { code: 'no_names', message: 'there are no names of columns in it', hint: 'give at least one' },
    ]);
  if (names.every((name) => /^[\d.,:-]+$/.test(name.trim())))
    throw badInput(source, [
      {
        code: 'no_header',
        message: 'there are numbers where the names of columns should be',
        hint: 'give a header in the first row',
      },
    ]);
  const parsed = parseTemplate({ fields: names.map((name) => ({ name, type: 'null' })) });
  if (parsed.ok) return;
  const problems = parsed.diagnostics.map(({ code, pointer, message, hint }): Problem => {
    const index = /^\/fields\/(\d+)/.exec(pointer)?.[1];
    const first = /\(\/fields\/(\d+)\)$/.exec(message);
    const said = first === null ? message : `${message.slice(0, first.index)}(column ${Number(first[1]) + 1})`;
    return {
      code,
      message: index === undefined ? said.replace('fields', 'columns') : said,
      ...(index === undefined ? {} : { place: `column ${Number(index) + 1}` }),
      ...(hint === undefined ? {} : { hint }),
    };
  });
  const more = problems.length - MOST;
  if (more > 0) problems.splice(MOST, more, { code: 'more_problems', message: `${more} more columns have problems` });
  throw badInput(source, problems);
}
