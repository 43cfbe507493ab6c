import { CommandError } from '../errors/command-error.ts';
import type { ServerApi } from '../remote/server-api.ts';
import type { ListedScenario } from './remote-scenario.ts';

/** `scn_…`, or `scn_…@v3`. */
const REF = /^scn_\w{1,40}(@v\d{1,9})?$/;

/** A reference to the scenario that a person names, by id or name; `@v` and a number behind it name a version. @throws CommandError when there is none, or more than one */
export async function findScenario(api: ServerApi, given: string, signal?: AbortSignal): Promise<string> {
  if (REF.test(given)) return given;
  const named: ListedScenario[] = [];
  const known: string[] = [];
  const [, plain = given, version = ''] = /^(.+)(@v\d{1,9})$/s.exec(given) ?? [];
  for await (const one of api.items<ListedScenario>('/scenarios', signal)) {
    known.push(one.name);
    if (one.name === plain || one.name === given) named.push(one);
  }
  const [found, other] = named;
  if (found === undefined) {
    const { nearest } = await import('@datamaker/engine');
    const match = nearest(plain, known);
    const hint =
      match === undefined ? '`datamaker scenarios list` lists them' : `did you mean ${JSON.stringify(match)}?`;
    throw new CommandError(2, 'not_found', `the project has no scenario ${JSON.stringify(given)}`, { hint });
  }
  if (other === undefined) return found.name === given ? found.id : found.id + version;
  const ids = named.map(({ id }) => id).join(', ');
  throw new CommandError(2, 'ambiguous_name', `${named.length} scenarios are called ${JSON.stringify(given)}`, {
    hint: `name one by its id: ${ids}`,
  });
}
