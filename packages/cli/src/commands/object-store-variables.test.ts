import { describe, expect, it } from 'vitest';
import { CommandError } from '../errors/command-error.ts';
import { parseFileBytes, parseObjectStore } from './object-store-variables.ts';

describe('variables of the object store', () => {
  const KEY = { DATAMAKER_S3_ACCESS_KEY_ID: 'id', DATAMAKER_S3_SECRET_ACCESS_KEY: 'secret' };

  it('say where it is', () => {
    expect(parseObjectStore({})).toBe(undefined);
    expect(parseObjectStore({ DATAMAKER_S3_BUCKET: '' })).toBe(undefined);
    expect(parseObjectStore({ DATAMAKER_S3_BUCKET: 'b' })).toEqual({ bucket: 'b' });
    expect(
      parseObjectStore({
        ...KEY,
        DATAMAKER_S3_BUCKET: 'b',
        DATAMAKER_S3_ENDPOINT: 'http://127.0.0.1:9000',
        DATAMAKER_S3_REGION: 'eu-central-1',
        DATAMAKER_S3_PREFIX: 'x/',
      }),
    ).toEqual({
      bucket: 'b',
      endpoint: 'http://127.0.0.1:9000',
      region: 'eu-central-1',
      prefix: 'x/',
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    });
  });

  it.each([
    ['no bucket', KEY, 'DATAMAKER_S3_BUCKET'],
    ['no scheme', { DATAMAKER_S3_BUCKET: 'b', DATAMAKER_S3_ENDPOINT: 'localhost:9000' }, 'DATAMAKER_S3_ENDPOINT'],
    [
      'a key in the address',
      { DATAMAKER_S3_BUCKET: 'b', DATAMAKER_S3_ENDPOINT: 'http://a:b@x' },
      'DATAMAKER_S3_ENDPOINT',
    ],
    ['half a key', { DATAMAKER_S3_BUCKET: 'b', DATAMAKER_S3_ACCESS_KEY_ID: 'id' }, 'DATAMAKER_S3_SECRET_ACCESS_KEY'],
    ['the other half', { DATAMAKER_S3_BUCKET: 'b', DATAMAKER_S3_SECRET_ACCESS_KEY: 's' }, 'DATAMAKER_S3_ACCESS_KEY_ID'],
  ])('with %s are refused, and not shown', (_, environment, place) => {
    const thrown = (() => {
      try {
        parseObjectStore(environment);
      } catch (error) {
        return error;
      }
      return undefined;
    })();
    expect(thrown).toBeInstanceOf(CommandError);
    expect(thrown).toMatchObject({ exitCode: 2, problems: [{ code: 'invalid_setting', place }] });
  });

  it('bound files', () => {
    expect(parseFileBytes(undefined)).toBe(undefined);
    expect(parseFileBytes('1000')).toBe(1000);
    for (const bad of ['0', '-1', 'x', '1.5', '6000000000']) expect(() => parseFileBytes(bad)).toThrow(CommandError);
  });
});
