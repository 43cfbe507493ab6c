import { type Dirent, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';

/** A file of the web app as it is sent. */
export interface WebAppFile {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly encoding: 'br' | 'gzip' | undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
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
 * The files that the build of `@datamaker/web` left. Only names that a listing of its folder has are ever opened, so that no path of a
 * request leads elsewhere.
 */
export class WebAppFiles {
  readonly #folder: string;
  #names: ReadonlySet<string> = new Set();
  #builtAt = 0;

  /** @param folder with the files; undefined: that of the installed package. One that is not there has no files. */
  constructor(folder = folderOfPackage()) {
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

  /** @param name below the folder @param accepted the request's Accept-Encoding */
  async read(name: string, accepted = ''): Promise<WebAppFile | undefined> {
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

/** Whether Accept-Encoding names an encoding, and not with a weight of 0. */
const takes = (accepted: string, encoding: string): boolean =>
  accepted.split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    return name === encoding && !parameters.some((one) => /^q=0(\.0*)?$/.test(one));
  });

const folderOfPackage = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('@datamaker/web/package.json')), 'dist', 'app');

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
