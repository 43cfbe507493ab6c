import { ApiError, type ErrorDetail, validationError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { Cursors } from '../../security/cursor.ts';
import type { Principal } from '../../store/keys.ts';
import { RunStore } from '../../store/runs.ts';
import type { ScenarioEnvironment, ScenarioNeeds, ScenarioSettings } from '../../store/scenario-tables.ts';
import {
  type DeletedScenario,
  type ListedScenario,
  ScenarioStore,
  type StoredScenario,
  type StoredScenarioVersion,
} from '../../store/scenarios.ts';
import type { Tenant } from '../../store/tenant.ts';
import { missing } from '../missing.ts';
import { type Page, pageOf } from '../page.ts';
import { type CodeReading, readCode } from './code/read-code.ts';
import type { EnvironmentsDoor } from './environments-door.ts';

/** What is said of a scenario when it is saved; what is left out stays as it is. */
export interface ScenarioChange {
  readonly name?: string | undefined;
  readonly code?: string | undefined;
  readonly settings: Partial<ScenarioSettings>;
}

/** The versions that a scenario may have for a change to be made; undefined: any. */
export type Match = readonly number[] | undefined;

const MAX_DELETED = 100;
const EXPORT_BATCH = 20;
const DEFAULTS: ScenarioSettings = { retryOnCrash: false, timeoutSeconds: null };

/** Use-cases of scenarios, for one project. Whatever is not in it does not exist. */
export class ScenarioService {
  readonly #scenarios: ScenarioStore;
  readonly #principal: Principal;
  readonly #cursors: Cursors;
  readonly #door: EnvironmentsDoor;

  constructor(tenant: Tenant, principal: Principal, cursors: Cursors, door: EnvironmentsDoor) {
    this.#door = door;
    this.#scenarios = new ScenarioStore(tenant, principal.projectId);
    this.#principal = principal;
    this.#cursors = cursors;
  }

  list(limit: number, cursor: string | undefined): Promise<Page<ListedScenario>> {
    return pageOf(
      { cursors: this.#cursors, scope: `scenarios\0${this.#principal.projectId}`, limit, cursor },
      (most, before) => this.#scenarios.list(most, before),
      () => this.#scenarios.count(),
    );
  }

  /** All, with their code, in order of creation. */
  all = (): AsyncGenerator<StoredScenario> => this.#scenarios.all(EXPORT_BATCH);

  /** @throws ApiError not_found */
  async read(id: string, version?: number): Promise<StoredScenario> {
    const found =
      version === undefined ? await this.#scenarios.find(id) : await this.#scenarios.findVersion(id, version);
    return found ?? noScenario(id, version);
  }

  /**
   * @param force saves also code in which something is wrong
   * @throws ApiError validation_error
   */
  async create(
    name: string,
    code: string,
    settings: Partial<ScenarioSettings>,
    force: boolean,
  ): Promise<StoredScenario> {
    const { needs, environment } = await this.#checked(code, force);
    const content = { name, code, settings: { ...DEFAULTS, ...settings }, needs, environment };
    return this.#scenarios.create(newId('scn'), content, this.#principal);
  }

  /** What is wrong with code; nothing is stored. */
  async validate(code: string): Promise<CodeReading> {
    const { needs, diagnostics } = await readCode(code);
    const { lockNeeds } = await import('./lock-needs.ts');
    const locked = await lockNeeds(this.#door, needs);
    return { needs, diagnostics: [...diagnostics, ...locked.diagnostics] };
  }

  /**
   * Adds a version with the changes, if there are any.
   * @throws ApiError not_found, validation_error, version_conflict
   */
  async replace(id: string, change: ScenarioChange, force: boolean, match?: Match): Promise<StoredScenario> {
    const current = await this.read(id);
    // Before the scenario is locked: reading code takes a while.
    const reading = change.code === undefined ? undefined : await this.#checked(change.code, force, current);
    const updated = await this.#scenarios.update(id, this.#principal, async (newest) => {
      refuseConflict(newest.version, match);
      return {
        content: {
          name: change.name ?? newest.name,
          code: change.code ?? newest.code,
          settings: { ...newest.settings, ...change.settings },
          needs: reading?.needs ?? newest.needs,
          environment: reading === undefined ? newest.environment : reading.environment,
        },
      };
    });
    return updated ?? noScenario(id);
  }

  /** Adds a version that is as an earlier one was. @throws ApiError not_found, version_conflict */
  async rollBack(id: string, version: number, match?: Match): Promise<StoredScenario> {
    const earlier = await this.read(id, version);
    const updated = await this.#scenarios.update(id, this.#principal, async (newest) => {
      refuseConflict(newest.version, match);
      return { content: earlier, details: { from: version } };
    });
    return updated ?? noScenario(id);
  }

  /** @throws ApiError not_found */
  async versions(id: string): Promise<readonly StoredScenarioVersion[]> {
    const versions = await this.#scenarios.versions(id);
    return versions.length === 0 ? noScenario(id) : versions;
  }

  /** Deletes it and ends its runs. @returns ids of the runs that it ended @throws ApiError not_found, version_conflict */
  async delete(id: string, match?: Match): Promise<readonly string[]> {
    const ended: string[] = [];
    const check = (version: number): void => refuseConflict(version, match);
    const isDeleted = await this.#scenarios.delete(id, this.#principal, check, async (tx) => {
      ended.push(...(await RunStore.endAllOf(tx, id, DELETED)));
    });
    return isDeleted ? ended : noScenario(id);
  }

  /** Takes a deletion back. @throws ApiError not_found */
  async restore(id: string): Promise<StoredScenario> {
    return (await this.#scenarios.restore(id, this.#principal)) ?? noScenario(id);
  }

  /**
   * Reads code and finds its packages. They stay as they are where the code before it named the same.
   * @throws ApiError validation_error
   */
  async #checked(
    code: string,
    force: boolean,
    before?: StoredScenario,
  ): Promise<{ needs: ScenarioNeeds; environment: ScenarioEnvironment | null }> {
    const reading = await readCode(code);
    if (!force) refuse(reading.diagnostics, reading.needs);
    const { needs } = reading;
    if (before !== undefined && isLocked(before) && hasSameNeeds(before.needs, needs)) {
      return { needs, environment: before.environment };
    }
    const { lockNeeds } = await import('./lock-needs.ts');
    const { environment, diagnostics } = await lockNeeds(this.#door, needs);
    if (!force) refuse(diagnostics, needs);
    this.#door.warmUp(needs, environment?.lock ?? null);
    return { needs, environment };
  }

  /** The last deleted first. */
  listDeleted = (): Promise<readonly DeletedScenario[]> => this.#scenarios.listDeleted(MAX_DELETED);
}

const DELETED = { code: 'scenario_deleted', message: 'the scenario was deleted before the run had ended' };

function refuse(diagnostics: readonly ErrorDetail[], { problem }: ScenarioNeeds): void {
  if (diagnostics.length === 0) return;
  const { line, column } = problem ?? {};
  const error = validationError(diagnostics);
  throw new ApiError(error.code, error.message, error.diagnostics, {}, line == null ? {} : { line, column });
}

const isLocked = ({ environment }: StoredScenario): boolean => environment !== null && environment.lock !== null;

const hasSameNeeds = (one: ScenarioNeeds, other: ScenarioNeeds): boolean =>
  one.requiresPython === other.requiresPython && one.requirements.join('\n') === other.requirements.join('\n');

function refuseConflict(version: number, match: Match): void {
  if (match === undefined || match.includes(version)) return;
  throw new ApiError('version_conflict', `the scenario is at version ${version} by now: read it again`);
}

const noScenario = (id: string, version?: number): never =>
  missing('scenario', version === undefined ? id : `${id}@v${version}`);
