import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const COMPRESSIBLE = ['.js', '.css', '.html', '.json', '.svg', '.ttf', '.wasm'];
/** Below, what is saved is less than what a header costs. */
const SMALL_BYTES = 1024;

/** Writes `.gz` and `.br` beside the files of a folder that get smaller by it. @param {string} folder */
export function compressFiles(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !COMPRESSIBLE.includes(extname(path))) continue;
    const bytes = readFileSync(path);
    if (bytes.length < SMALL_BYTES) continue;
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  }
}
