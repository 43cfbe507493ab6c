import { type Dirent, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';

/** A file that a build left, as it is sent. */
export interface BuiltFile {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly encoding: 'br' | 'gzip' | undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** What the build writes beside a file, by the encoding, the best first. */
const COMPRESSED = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/**
 * The files that a build left in `@datamaker/web`. Only names that a listing of its folder has are ever opened, so that no path of a
 * request leads elsewhere.
 */
export class BuiltFiles {
  readonly #folder: string;
  #names: ReadonlySet<string> = new Set();
  #builtAt = 0;

  /** @param folder with the files. One that is not there has none. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#list();
  }

  /** Again when there was a build since: names of other files are in its page. */
  #list(): void {
    const builtAt = statSync(join(this.#folder, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (builtAt === this.#builtAt) return;
    this.#builtAt = builtAt;
    this.#names = new Set(namesIn(this.#folder));
  }

  /** Whether there was a build. */
  get isThere(): boolean {
    this.#list();
    return this.#names.size > 0;
  }

  /** @param name below the folder @param accepted the request's Accept-Encoding */
  async read(name: string, accepted = ''): Promise<BuiltFile | undefined> {
    const contentType = TYPES[extname(name)];
    if (contentType === undefined) return undefined;
    if (!this.#names.has(name)) this.#list();
    if (!this.#names.has(name)) return undefined;
    const [encoding, ending] =
      COMPRESSED.find(([one, end]) => takes(accepted, one) && this.#names.has(name + end)) ??
      ([undefined, ''] as const);
    try {
      return { bytes: await readFile(join(this.#folder, name + ending)), contentType, encoding };
    } catch (error) {
      // A build has just taken it away.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}

/** The folder of a build in the installed package. @param what was built: the web app, or the guide */
export const builtFolder = (what: 'app' | 'guide'): string =>
  join(dirname(createRequire(import.meta.url).resolve('@datamaker/web/package.json')), 'dist', what);

/** Whether Accept-Encoding names an encoding, and not with a weight of 0. */
const takes = (accepted: string, encoding: string): boolean =>
  accepted.split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    return name === encoding && !parameters.some((one) => /^q=0(\.0*)?$/.test(one));
  });

function namesIn(folder: string): string[] {
  try {
    const entries: Dirent[] = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      );
  } catch {
    return [];
  }
}
