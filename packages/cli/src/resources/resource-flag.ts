import type { Flag } from '../arguments/command.ts';

/** Where the rows come from that `sample` fields pick from. */
export const resourceFlag: Flag = {
  name: 'resource',
  value: 'name=file',
  repeatable: true,
  summary:
    'rows that `sample` fields with this `from` pick from: a .csv, .ndjson or .json file (a list); once for each name, 32 MiB in all',
};
