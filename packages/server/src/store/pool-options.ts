import type { StoreLocation } from './open-store.ts';

/** How a pool of connections reaches a database. */
export type PoolOptions =
  | { readonly connectionString: string }
  | {
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly password: string;
      readonly database: string;
    };

export const poolOptions = (location: StoreLocation): PoolOptions =>
  'url' in location
    ? { connectionString: location.url }
    : {
        host: location.socketDirectory,
        port: location.port,
        user: location.user,
        password: location.password,
        database: 'postgres',
      };
