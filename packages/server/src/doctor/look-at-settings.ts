import { readAgentSettings } from '../agent/agent-settings.ts';
import { readModelSettings } from '../model/model-settings.ts';
import { givenMasterKeys } from '../open-master-keys.ts';
import { readSettings } from '../read-settings.ts';
import { problemOfKey } from '../security/api-key.ts';
import { readOidcSettings } from '../security/oidc-settings.ts';
import { bad, type Finding, good } from './finding.ts';

const WHAT = 'settings';

/** Whether a server could read its variables. @param apiKey that of DATAMAKER_API_KEY */
export function lookAtSettings(
  environment: Readonly<Record<string, string | undefined>>,
  apiKey: string | undefined,
): Finding {
  const wrong: string[] = [];
  const problem = apiKey === undefined ? undefined : problemOfKey(apiKey);
  if (problem !== undefined) wrong.push(`DATAMAKER_API_KEY ${problem}`);
  const readers = [
    (given: typeof environment) => givenMasterKeys(readSettings(given)),
    readModelSettings,
    readAgentSettings,
    readOidcSettings,
  ];
  for (const read of readers) {
    try {
      read(environment);
    } catch (error) {
      wrong.push((error as Error).message);
    }
  }
  const count = Object.entries(environment).filter(([name, value]) => name.startsWith('DATAMAKER_') && value).length;
  if (wrong.length === 0) return good(WHAT, count === 0 ? 'none, so defaults' : `${count} variables DATAMAKER_…`);
  return bad(WHAT, wrong.join('; '), '`datamaker serve --help` says what each variable may be.');
}
