import { parsePlans } from './services/limits/plans.ts';
import type { ServerOptions } from './start-server.ts';

/** What a settings variable gives; an empty one gives nothing. */
type Readers = Readonly<Record<string, (text: string) => Partial<ServerOptions>>>;

const READERS: Readers = {
  DATAMAKER_PLANS: (text) => ({ plans: parsePlans(text) }),
};

/** Settings of the server from variables of the environment. @throws Error whose message begins with the name of the variable */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Partial<ServerOptions> {
  const settings: Partial<ServerOptions> = {};
  for (const [name, read] of Object.entries(READERS)) {
    const text = environment[name]?.trim() ?? '';
    if (text === '') continue;
    try {
      Object.assign(settings, read(text));
    } catch (error) {
      throw new Error(`${name} cannot be used: ${(error as Error).message}`, { cause: error });
    }
  }
  return settings;
}
