import { describe, expect, it } from 'vitest';
import { displayOfDatagenKey, hashAddress, newDatagenKey } from './datagen-key.ts';

const PEPPER = 'a pepper';
const hashOf = (address: string): string => hashAddress(address, PEPPER).toString('hex');

describe('an address that mints keys', () => {
  it.each([
    ['10.0.0.1', '::ffff:10.0.0.1'],
    ['10.0.0.1', '::FFFF:10.0.0.1'],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff'],
    ['2001:db8:1:2::1', '2001:0DB8:0001:0002::9%eth0'],
    ['2001:db8::1', '2001:db8:0:0:1::'],
    ['::1', '0:0:0:0:1:2:3:4'],
  ])('is of the same household: %s and %s', (one, other) => {
    expect(hashOf(other)).toBe(hashOf(one));
  });

  it.each([
    ['10.0.0.1', '10.0.0.2'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.2'],
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
    ['2001:db8:1:2::1', '2001:db8:2:2::1'],
  ])('is of another one: %s and %s', (one, other) => {
    expect(hashOf(other)).not.toBe(hashOf(one));
  });

  it('cannot be looked up without the secret of the server', () => {
    expect(hashAddress('10.0.0.1', 'another')).not.toEqual(hashAddress('10.0.0.1', PEPPER));
  });
});

it('of a key of the DataGen door sixteen characters are shown', () => {
  const key = newDatagenKey('free');
  expect(displayOfDatagenKey(key)).toBe(`${key.slice(0, 16)}...`);
});
