import { DataMakerError } from './datamaker-error.ts';
import { type Page, pages } from './pages.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
}

const ID = /^[a-z]+_[0-9a-hjkmnp-tv-z]{20,26}$/;

/**
 * The id of what is named by its id or its name, perhaps with a version behind it (`Customer@v3`).
 * @param read a page of the list, at best only of what is called that
 * @throws DataMakerError `not_found`, `ambiguous_name`
 */
export async function findId(
  ref: string,
  what: string,
  read: (name: string, cursor: string | undefined) => Promise<Page<Named>>,
): Promise<string> {
  const [, base = '', version = ''] = /^(.*?)(@v[1-9]\d*)?$/s.exec(ref) ?? [];
  if (ID.test(base)) return ref;
  // What is called so itself goes before a version of another.
  for (const [name, suffix] of version === ''
    ? [[ref, '']]
    : [
        [ref, ''],
        [base, version],
      ]) {
    const found: Named[] = [];
    for await (const one of pages((cursor) => read(name as string, cursor))) if (one.name === name) found.push(one);
    if (found.length > 1) {
      const message = `${found.length} ${what}s are called ${JSON.stringify(name)}: take the id`;
      throw new DataMakerError({ code: 'ambiguous_name', message });
    }
    if (found[0] !== undefined) return `${found[0].id}${suffix}`;
  }
  throw new DataMakerError({ code: 'not_found', message: `no ${what} is called ${JSON.stringify(ref)}` });
}
