import { newId } from '../../ids.ts';
import { hashApiKey } from '../../security/api-key.ts';
import { displayOfDatagenKey, hashAddress, newDatagenKey } from '../../security/datagen-key.ts';
import { mintDatagenKey } from '../../store/datagen/keys.ts';
import type { Store } from '../../store/open-store.ts';
import { Refusal } from './refusal.ts';
import { TIERS } from './tiers.ts';

const LIFETIME_DAYS = 365;
/** How many keys an address may mint in how long. */
const MINTS = { most: 30, seconds: 3600 };

/** Makes a key of the free plan, which is shown this once. @throws Refusal too_many_keys, unavailable */
export async function mintFreeKey(store: Store, pepper: string, address: string) {
  const key = newDatagenKey('free');
  const stored = {
    id: newId('dgk'),
    hash: hashApiKey(key, pepper),
    display: displayOfDatagenKey(key),
    tier: 'free',
    days: LIFETIME_DAYS,
  };
  const wait = await mintDatagenKey(store, stored, hashAddress(address, pepper), MINTS).catch((cause: unknown) => {
    throw Object.assign(new Refusal('unavailable', 'The key cannot be stored at the moment; try again.'), { cause });
  });
  if (wait !== undefined) {
    throw new Refusal('too_many_keys', 'Too many keys were made from this network within the hour.', {
      retry_after_sec: wait,
      hint: 'use a key that you have, or wait',
    });
  }
  const { price_usd_month: _, ...limits } = TIERS.free;
  return {
    api_key: key,
    tier: 'free',
    limits,
    docs: '/api/v1/docs',
    note: `Treat it like a password: it is shown only now, and lasts ${LIFETIME_DAYS} days. Send it as X-API-Key.`,
  };
}
