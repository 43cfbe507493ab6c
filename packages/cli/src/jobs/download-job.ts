import type { Output } from '../output/output.ts';
import type { ServerApi } from '../remote/server-api.ts';
import { downloadPart } from './download-part.ts';
import type { RemoteManifest } from './remote-job.ts';

/**
 * Writes all parts of a job, one after the other, as `downloadPart` does each.
 * @param onBytes told how many rows and bytes there are
 * @throws CommandError when a part is not what was made
 */
export async function downloadJob(
  api: ServerApi,
  id: string,
  { parts }: RemoteManifest,
  output: Output,
  onBytes: (rows: number, bytes: number) => void,
): Promise<void> {
  let [rows, bytes] = [0, 0];
  for (const part of parts) {
    await downloadPart(api, id, part, output, (taken) => onBytes(rows, bytes + taken));
    rows += part.to - part.from;
    bytes += part.bytes;
    onBytes(rows, bytes);
  }
}
