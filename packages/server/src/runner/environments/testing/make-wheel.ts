import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';

/** A package for tests. */
export interface TestPackage {
  readonly name: string;
  readonly version: string;
  /** Lines of `Requires-Dist`. */
  readonly requires?: readonly string[];
  readonly requiresPython?: string;
  /** Of its wheel; default `py3-none-any`. */
  readonly tag?: string;
  /** More files, by path; the module of its name has one already. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** `sdist`: it has no wheel. */
  readonly kind?: 'wheel' | 'sdist';
  /** A file that a source distribution makes when it is built. */
  readonly builds?: string;
}

/** A file of an index. */
export interface TestFile {
  readonly file: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  /** Of its link in an index. */
  readonly attributes: string;
}

const moduleOf = ({ name }: TestPackage): string => name.replaceAll('-', '_');

/** A wheel, written by hand as PEP 427 has it, or a source distribution that does harm when it is built. */
export async function makePackage(one: TestPackage): Promise<TestFile> {
  const { name, version, requires = [], requiresPython, tag = 'py3-none-any', files = {} } = one;
  const folder = `${moduleOf(one)}-${version}.dist-info`;
  const metadata = [
    'Metadata-Version: 2.1',
    `Name: ${name}`,
    `Version: ${version}`,
    ...(requiresPython === undefined ? [] : [`Requires-Python: ${requiresPython}`]),
    ...requires.map((line) => `Requires-Dist: ${line}`),
  ].join('\n');
  const content: Record<string, string | Buffer> = {
    [`${moduleOf(one)}/__init__.py`]: `VERSION = ${JSON.stringify(version)}\n`,
    ...files,
    [`${folder}/METADATA`]: `${metadata}\n`,
    [`${folder}/WHEEL`]: `Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: ${tag.endsWith('-any')}\nTag: ${tag}\n`,
  };
  const lines = Object.entries(content).map(([path, bytes]) => {
    const hash = createHash('sha256').update(bytes).digest('base64url');
    return `${path},sha256=${hash},${Buffer.byteLength(bytes)}`;
  });
  const isWheel = one.kind !== 'sdist';
  const packed = isWheel
    ? { ...content, [`${folder}/RECORD`]: `${lines.join('\n')}\n${folder}/RECORD,,\n` }
    : {
        [`${name}-${version}/PKG-INFO`]: `${metadata}\n`,
        // A backend in the tree needs nothing of an index (PEP 517).
        [`${name}-${version}/pyproject.toml`]:
          '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
        [`${name}-${version}/backend.py`]: `open(${JSON.stringify(one.builds)}, "w").close()\n`,
      };
  const bytes = await zip(packed);
  const file = isWheel ? `${moduleOf(one)}-${version}-${tag}.whl` : `${name}-${version}.zip`;
  const attributes =
    requiresPython === undefined ? '' : ` data-requires-python="${requiresPython.replace('>', '&gt;')}"`;
  return { file, bytes, attributes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Names are as they are given, those that lead out of the folder as well: those yazl would refuse. */
async function zip(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const archive = new yazl.ZipFile();
  const marks = new Map<string, string>();
  for (const [path, content] of Object.entries(files)) {
    // A name of the same length is put in its place afterwards.
    const mark = path.includes('..') || path.startsWith('/') ? path.replace(/[./]/g, '_') : path;
    if (mark !== path) marks.set(mark, path);
    archive.addBuffer(Buffer.from(content), mark, { mode: 0o644 });
  }
  archive.end();
  let bytes = await buffer(archive.outputStream);
  for (const [mark, path] of marks) {
    bytes = Buffer.from(bytes.toString('latin1').replaceAll(mark, path), 'latin1');
  }
  return bytes;
}
