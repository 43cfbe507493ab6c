import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A fault to be put into the server, and who has to notice. */
export interface Plant {
  readonly title: string;
  /** Of the sources, as an absolute path. */
  readonly file: string;
  readonly take: string;
  readonly put: string;
  /** Which time of those that the text to be taken out is there, from 0. */
  readonly occurrence: number;
  /** Only tests whose names match; undefined: all. */
  readonly only: string | undefined;
  readonly tests: readonly string[];
}

interface Written {
  /** What is wrong with a server that has it; default: what is taken out and put in. */
  readonly fault?: string;
  /** From the sources of the server on. */
  readonly file: string;
  readonly take: string;
  readonly put: string;
  /** Each time that it is there is a plant of its own. */
  readonly each?: true;
  readonly only?: string;
  readonly tests?: readonly string[];
}

const SERVER = new URL('../../packages/server/src/', import.meta.url);
const MATRIX = 'packages/server/src/testing/matrix';
/** A route with what it asks for, as all of them are written. */
const ROUTE = /app\.(get|post|put|patch|delete)\(\s*'([^']+)',\s*\{[^}]*?config: \{ permission: '(\w+)'[^}]*\}/g;

const pathOf = (file: string): string => fileURLToPath(new URL(file, SERVER));
const sourceOf = (file: string): string => readFileSync(pathOf(file), 'utf8');

/** Every check of what somebody may: those that are listed, and what each route asks for, lowered to what everybody has. */
export const authorisation = (): Plant[] => [...listed('authorisation.json'), ...permissions()];

/** Faults of other kinds, such as people make: off by one, a condition or a line too few, the wrong one of two names. */
export const behaviour = (): Plant[] => listed('behaviour.json');

function listed(list: string): Plant[] {
  const written = JSON.parse(readFileSync(new URL(list, import.meta.url), 'utf8')) as Written[];
  return written.flatMap(({ fault, file, take, put, each, only, tests = [MATRIX] }) => {
    const times = sourceOf(file).split(take).length - 1;
    if (times === 0 || (times > 1 && each === undefined)) throw new Error(`${file} has ${times} times: ${take}`);
    return Array.from({ length: times }, (_, occurrence) => ({
      title: fault ?? `${file}${times > 1 ? ` (${occurrence + 1})` : ''}: ${take.trim()} → ${put || 'nothing'}`,
      ...{ file: pathOf(file), take, put, occurrence, only, tests },
    }));
  });
}

function permissions(): Plant[] {
  return globSync('http/routes/*.ts', { cwd: fileURLToPath(SERVER) })
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) =>
      [...sourceOf(file).matchAll(ROUTE)].flatMap(([take, method = '', path = '', permission = '']) => {
        // Everybody may read: what keeps strangers out is the key, not the permission.
        if (permission === 'read') return [];
        const route = `${method.toUpperCase()} ${path}`;
        return {
          title: `${route} asks for '${permission}'`,
          ...{
            file: pathOf(file),
            take,
            put: take.replace(`permission: '${permission}'`, "permission: 'read'"),
            occurrence: 0,
          },
          ...{ only: `holds for ${route.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')}( |$)`, tests: [MATRIX] },
        };
      }),
    );
}

/** The source with the fault in it. */
export function planted(source: string, { take, put, occurrence }: Pick<Plant, 'take' | 'put' | 'occurrence'>): string {
  const parts = source.split(take);
  if (parts.length < occurrence + 2) throw new Error(`there is no ${take}`);
  return parts.slice(0, occurrence + 1).join(take) + put + parts.slice(occurrence + 1).join(take);
}
