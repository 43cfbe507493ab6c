import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeFolder, temporaryFolder } from '../testing/servers.ts';
import { newMasterKey, writeMasterKey } from './master-key.ts';
import { MasterKeyFile } from './master-key-file.ts';

describe('the file of master keys', () => {
  let folder: string;
  let file: MasterKeyFile;
  beforeEach(() => {
    folder = temporaryFolder();
    file = new MasterKeyFile(join(folder, 'master-keys'));
  });
  afterEach(() => removeFolder(folder));

  it('is made once, for its owner only', async () => {
    expect(await file.read()).toEqual([]);
    const made = await Promise.all([file.make(), file.make(), file.make()]);
    expect(new Set(made.map(([key]) => key?.id)).size).toBe(1);
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    expect(await file.read()).toEqual(made[0]);
  });

  it('holds several keys in order, and leaves no draft', async () => {
    const keys = [newMasterKey(), newMasterKey()];
    await file.write(keys);
    expect(await file.read()).toEqual(keys);
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['master-keys']);
  });

  it('is refused where others may read it, and where it is empty or broken, and stays as it is', async () => {
    const key = writeMasterKey(newMasterKey());
    for (const [text, mode, message] of [
      [key, 0o644, /chmod 600/],
      ['\n', 0o600, /empty/],
      [`${key}\nhunter-2`, 0o600, /^line 2 .*openssl/],
    ] as const) {
      writeFileSync(file.path, text);
      chmodSync(file.path, mode);
      await expect(file.read()).rejects.toThrow(message);
      await expect(file.make()).rejects.toThrow(message);
      await expect(file.read()).rejects.not.toThrow('hunter');
      expect(readFileSync(file.path, 'utf8')).toBe(text);
    }
  });
});
