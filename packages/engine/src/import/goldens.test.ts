import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { importSchema } from './import-schema.ts';

const FOLDER = fileURLToPath(new URL('testing/fixtures/', import.meta.url));
const GOLDENS = fileURLToPath(new URL('testing/goldens/', import.meta.url));

/** Bounds of dates that mean the day of the run stay words ("now"), so goldens do not age. */
describe.each(readdirSync(FOLDER))('%s', (file) => {
  it('gives the templates and notices that are pinned, its kind recognised', async () => {
    const result = await importSchema(readFileSync(FOLDER + file));
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    const { kind, templates, notices } = result.value;
    expect(file).toMatch(new RegExp(`^(?:${kind === 'sql-ddl' ? 'sql' : kind})-`));
    for (const template of templates) {
      const parsed = parseTemplate(template);
      expect(parsed).toMatchObject({ ok: true });
      if (parsed.ok) expect(await compileTemplate(parsed.value, { rows: 100 })).toMatchObject({ ok: true });
    }
    const lines = [
      ...templates.flatMap(({ name, fields }) => [name, ...fields.map((field) => `  ${JSON.stringify(field)}`)]),
      ...notices.map(({ code, line, pointer, subject, message, times }) =>
        [
          line === undefined ? (pointer ?? '') : `:${line}`,
          code,
          subject ?? '-',
          message,
          times === undefined ? '' : `(${times} times)`,
        ]
          .join(' ')
          .trim(),
      ),
    ];
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`${GOLDENS}${file}.txt`);
  });
});
