import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newMasterKey } from '../../security/master-key.ts';
import type { SecretIdentity } from '../../store/secrets.ts';
import { DataKey } from './data-key.ts';

const SECRET: SecretIdentity = {
  id: 'sec_a',
  workspace_id: 'ws_a',
  project_id: 'proj_a',
  kind: 'user',
  name: 'TOKEN',
  version: 3,
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Each byte in turn is another, and each end is cut off or grows. */
function* tamperings(bytes: Buffer): Generator<Buffer> {
  for (let index = 0; index < bytes.length; index++) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
    yield changed;
    yield bytes.subarray(0, index);
    yield bytes.subarray(index + 1);
  }
  yield Buffer.concat([bytes, Buffer.from([0])]);
}

describe('a data key', () => {
  const key = DataKey.make('ws_a');

  it('opens what it sealed, whatever the text, and never seals the same way twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const sealed = key.seal(SECRET, value);
        expect(key.open({ ...SECRET, sealed })).toBe(value);
        expect(key.seal(SECRET, value).equals(sealed)).toBe(false);
      }),
    );
  });

  it('repeats no nonce and no ciphertext in 100,000 values that are the same', () => {
    const sealed = Array.from({ length: 100_000 }, () => key.seal(SECRET, 'hunter-2').toString('latin1'));
    expect(new Set(sealed.map((bytes) => bytes.slice(0, NONCE_BYTES))).size).toBe(100_000);
    expect(new Set(sealed.map((bytes) => bytes.slice(NONCE_BYTES + TAG_BYTES))).size).toBe(100_000);
  });

  it('opens nothing of which a byte was changed', () => {
    const sealed = key.seal(SECRET, 'hunter-2');
    for (const other of tamperings(sealed)) expect(() => key.open({ ...SECRET, sealed: other })).toThrow();
  });

  it.each<[string, Partial<SecretIdentity>]>([
    ['row', { id: 'sec_b' }],
    ['workspace', { workspace_id: 'ws_b' }],
    ['project', { project_id: 'proj_b' }],
    ['reach', { project_id: null }],
    ['kind', { kind: 'connection' }],
    ['name', { name: 'OTHER' }],
    ['earlier version', { version: 2 }],
    ['later version', { version: 4 }],
  ])('opens nothing in the place of another %s', (_what, over) => {
    const sealed = key.seal(SECRET, 'hunter-2');
    expect(() => key.open({ ...SECRET, ...over, sealed })).toThrow();
  });

  it('tells lists apart that read the same', () => {
    const sealed = key.seal({ ...SECRET, id: 'a', name: 'b' }, 'x');
    expect(() => key.open({ ...SECRET, id: 'a,b', name: '', sealed })).toThrow();
  });

  it('is unwrapped with its own master key, for its own workspace, as it was stored, and by nothing else', () => {
    const master = newMasterKey();
    const stored = key.wrap(master);
    const sealed = key.seal(SECRET, 'hunter-2');
    expect(DataKey.unwrap(stored, master).open({ ...SECRET, sealed })).toBe('hunter-2');
    expect(() => DataKey.unwrap(stored, newMasterKey())).toThrow();
    expect(() => DataKey.unwrap({ ...stored, workspace_id: 'ws_b' }, master)).toThrow();
    expect(() => DataKey.unwrap({ ...stored, id: 'dek_b' }, master)).toThrow();
    for (const wrapped of tamperings(stored.wrapped)) {
      expect(() => DataKey.unwrap({ ...stored, wrapped }, master)).toThrow();
    }
  });

  it('opens nothing that another one sealed', () => {
    expect(() => DataKey.make('ws_a').open({ ...SECRET, sealed: key.seal(SECRET, 'x') })).toThrow();
  });
});
