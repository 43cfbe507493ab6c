import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Tells the secret of a data directory from others without telling it; null: there is none. */
export async function keyFingerprint(dataDirectory: string): Promise<string | null> {
  try {
    const secret = (await readFile(join(dataDirectory, 'secret'), 'utf8')).trim();
    return createHmac('sha256', secret).update('fingerprint of backups').digest('hex').slice(0, 16);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
