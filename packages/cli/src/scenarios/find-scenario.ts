import { findNamed, type NamedKind } from '../remote/find-named.ts';
import type { ServerApi } from '../remote/server-api.ts';

const SCENARIOS: NamedKind = {
  what: 'scenario',
  path: '/scenarios',
  prefix: 'scn_',
  hasVersions: true,
  hint: '`datamaker scenarios list` lists them',
};

/** A reference to the scenario that a person names, by id or name; `@v` and a number behind it name a version. @throws CommandError when there is none, or more than one */
export const findScenario = (api: ServerApi, given: string, signal?: AbortSignal): Promise<string> =>
  findNamed(api, SCENARIOS, given, signal);
