import { describe, expect, it } from 'vitest';
import { readDatabaseUrl } from './database-url.ts';

const rules = { protocols: ['postgres:'], parameters: [] };
const hostOf = (host: string): string => readDatabaseUrl({ url: `postgres://test@${host}/shop` }, rules).host;

describe('the host of a database', () => {
  it.each([
    ['db.example', 'db.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['１２７.０.０.１', '127.0.0.1'],
    ['127。0。0。1', '127.0.0.1'],
    ['%31%32%37.0.0.1', '127.0.0.1'],
    ['[::1]', '::1'],
  ])('%s is %s', (written, read) => expect(hostOf(written)).toBe(read));

  it.each(['127.0.0.1%00', 'a%40b', 'a%2Fb', '%ff'])('is not %s', (host) => {
    expect(() => hostOf(host)).toThrow(expect.objectContaining({ problem: 'invalid_config' }));
  });
});
