import type { StoreLocation } from './open-store.ts';

/** How the driver is told of a place. @param name what the connection is called in lists of the database */
export function configOf(location: StoreLocation, name: string) {
  const common = {
    connectionTimeoutMillis: 10_000,
    application_name: name,
    // A host that is gone says nothing: probes tell that it is, within half a minute.
    keepAlive: true,
    keepAliveInitialDelayMillis: 15_000,
  };
  if ('url' in location) return { ...common, connectionString: location.url };
  const { socketDirectory: host, port, user, password } = location;
  return { ...common, host, port, user, password, database: 'postgres' };
}
