import { ImportRefused, tooLarge } from '../import-refused.ts';
import { MAX_IMPORT_BYTES } from '../limits.ts';
import { isCompound, isZip } from './file-signature.ts';
import { type PartHandler, readPart } from './read-part.ts';
import { damaged, encrypted, unsupported } from './refusals.ts';
import { type Budget, unpackEntry } from './unpack-entry.ts';
import { readDirectory, type ZipEntry } from './zip-archive.ts';

/** What a part refers to: another part, for a purpose. */
export interface Relation {
  /** The last word of its type, such as `worksheet`; the rest differs between editions of the standard. */
  readonly type: string;
  /** Name of the part. */
  readonly target: string;
}

/** Relations of a part; a workbook of thousands of sheets is none that a sample is taken from. */
const MAX_RELATIONS = 10_000;

/** The parts of an Open Packaging Conventions file (ECMA-376 part 2): a workbook, in our case. */
export class Package {
  readonly #bytes: Uint8Array;
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  readonly #budget: Budget = { unpacked: 0 };

  /** @throws ImportRefused */
  constructor(bytes: Uint8Array) {
    if (bytes.length > MAX_IMPORT_BYTES)
      throw tooLarge(
        `the spreadsheet has more than ${MAX_IMPORT_BYTES / 1024 / 1024} MiB`,
        'save the rows that matter in a workbook of their own, or as CSV',
      );
    refuseOthers(bytes);
    this.#bytes = bytes;
    this.#entries = readDirectory(bytes);
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** @throws ImportRefused */
  read(name: string, handler: PartHandler): void {
    const entry = this.#entries.get(name.toLowerCase());
    if (entry === undefined) throw damaged(`it has no part ${name.slice(0, 60)}`);
    readPart(name.slice(0, 60), unpackEntry(this.#bytes, entry, this.#budget), handler);
  }

  /** What a part refers to inside of the package, by id; the empty name stands for the package itself. */
  relations(part: string): ReadonlyMap<string, Relation> {
    const cut = part.lastIndexOf('/') + 1;
    const name = `${part.slice(0, cut)}_rels/${part.slice(cut)}.rels`;
    const found = new Map<string, Relation>();
    if (!this.has(name)) return found;
    this.read(name, {
      open: (element, attribute) => {
        const [id, target] = [attribute('Id'), attribute('Target')];
        if (element !== 'Relationship' || id === undefined || target === undefined) return;
        if (attribute('TargetMode') === 'External') return;
        if (found.size >= MAX_RELATIONS) throw tooLarge(`the part ${name} has more than ${MAX_RELATIONS} relations`);
        const type = attribute('Type') ?? '';
        found.set(id, { type: type.slice(type.lastIndexOf('/') + 1), target: resolve(part.slice(0, cut), target) });
      },
    });
    return found;
  }
}

/** The name of a part that is given relative to a folder, or from the root. */
function resolve(folder: string, target: string): string {
  const path: string[] = [];
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..' && path.length === 0)
      throw damaged(`a part outside of it is referred to: ${JSON.stringify(target.slice(0, 60))}`);
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/');
}

/** Name of the stream that holds the workbook ([MS-OFFCRYPTO] 2.3.4.4), as it stands in the file. */
const ENCRYPTED = [...'EncryptedPackage'].flatMap((character) => [character.charCodeAt(0), 0]);

function refuseOthers(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new ImportRefused('empty_source', 'the source is empty');
  if (isCompound(bytes)) {
    if (contains(bytes, ENCRYPTED)) throw encrypted();
    throw unsupported('the source is an old Office file (.xls), not .xlsx');
  }
  if (!isZip(bytes))
    throw new ImportRefused(
      'invalid_source',
      'the source is not a spreadsheet (.xlsx)',
      'save it as .xlsx in a spreadsheet program, or give CSV with its kind',
    );
}

function contains(bytes: Uint8Array, wanted: readonly number[]): boolean {
  const [first = 0] = wanted;
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return true;
  }
  return false;
}
