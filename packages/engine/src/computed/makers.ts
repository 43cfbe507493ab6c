import { cryptoAddress } from './crypto-address.ts';
import { jwt } from './jwt.ts';
import { walk } from './walk.ts';

/** Makes a value of a text that the kernel drew. Pure: the same text gives the same value. */
export type Maker = (input: string) => unknown;

/** Functions for what the kernel's integer arithmetic cannot do, by name, so that plans stay data. */
const makers: Readonly<Record<string, (options: Readonly<Record<string, unknown>>) => Maker>> = {
  'crypto address': cryptoAddress,
  jwt: () => jwt,
  walk,
};

/** A function by name, with its options. @throws Error when there is none: plans name only what is here */
export function makerOf(name: string): (options: Readonly<Record<string, unknown>>) => Maker {
  const maker = makers[name];
  if (maker === undefined) throw new Error(`nothing computes ${name}`);
  return maker;
}
