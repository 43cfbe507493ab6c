import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';

/** The texts of a bundle as one ZIP archive, which every system opens. @param files texts by their names */
export async function packBundle(files: ReadonlyMap<string, string>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, text] of files) zip.addBuffer(Buffer.from(text), `datamaker-bundle/${name}`, { mode: 0o100600 });
  zip.end();
  return buffer(zip.outputStream);
}
