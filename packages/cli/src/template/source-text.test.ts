import { describe, expect, it } from 'vitest';
import { SourceText } from './source-text.ts';

const source = (...parts: (string | Uint8Array)[]): SourceText =>
  new SourceText('t.json', Buffer.concat(parts.map((part) => Buffer.from(part))));

describe('SourceText', () => {
  const text = source('{\n  "fields": [\n    { "name": "é", "type": "uid" }\n  ]\n}\n');

  it('tells line and column of a value', () => {
    expect(text.placeOf('/fields/0/type')).toBe('t.json:3:28');
    expect(text.placeOf('/fields')).toBe('t.json:2:13');
    expect(text.placeOf('')).toBe('t.json:1:1');
  });

  it('falls back to the nearest parent when the value is missing', () => {
    expect(text.placeOf('/fields/0/options/min')).toBe('t.json:3:5');
  });

  it('finds the fields of a template that is a bare list', () => {
    expect(source('[\n {"type": 1}]').placeOf('/fields/0/type')).toBe('t.json:2:11');
  });

  it('counts from the first character behind a byte order mark', () => {
    expect(source(new Uint8Array([0xef, 0xbb, 0xbf]), '{"a":1}').placeOf('/a')).toBe('t.json:1:6');
  });

  it('points at what is not JSON, whatever is asked for', () => {
    const broken = source('{\n "a" 1}');
    expect(broken.placeOf('/fields/3')).toBe('t.json:2:6');
    expect(broken.expectedInstead()).toBe('":" after the key');
  });

  it.each([
    ['at the start of a line', [Buffer.from('{\n'), Buffer.from([0xff]), Buffer.from('"}')], 't.json:2:1'],
    ['behind characters of several bytes', [Buffer.from('"é€😀'), Buffer.from([0xc3, 0x28])], 't.json:1:6'],
    [
      'in a sequence that the line cuts short',
      [Buffer.from('"a'), Buffer.from([0xe2, 0x82]), Buffer.from('\n')],
      't.json:1:3',
    ],
  ])('points at the first byte that is not UTF-8: %s', (_, parts, place) => {
    expect(source(...parts).placeOf('')).toBe(place);
  });
});
