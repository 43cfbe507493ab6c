import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrokerHandler } from '../../../runner/broker/broker-handler.ts';
import type { SandboxMount } from '../../../runner/sandbox/sandbox.ts';
import type { HeldRun } from '../../../store/run-leases.ts';
import type { ScenarioRecipe } from '../../../store/run-table.ts';
import type { RunOutput } from '../logs/run-output.ts';
import { heard, readsOnly, scriptLog, setScriptCaller } from './script-callers.ts';
import { ScriptLog } from './script-log.ts';

/** What stands behind the brokers of all runs. */
export interface BrokerPlaces {
  /** The API of this process. */
  readonly answer: RequestListener;
  /** Put before it for a run, to see or to answer all that its script asks; default: nothing. */
  readonly around?: ((handler: BrokerHandler, run: HeldRun) => BrokerHandler) | undefined;
}

/** Stands between a script and the API for one attempt, behind what the script has printed. */
export type Between = (api: BrokerHandler, log: ScriptLog) => BrokerHandler;

interface Surroundings {
  readonly broker: BrokerPlaces;
  /** Told of what is nobody's request. */
  readonly onError: (error: unknown, what: string) => void;
}

/** The way of one attempt to the API. */
export interface RunBroker {
  readonly mounts: readonly SandboxMount[];
  readonly env: Readonly<Record<string, string>>;
  readonly log: ScriptLog;
  /** Its token is worth nothing from then on, and its socket is gone. */
  close(): Promise<void>;
}

const SOCKET = '/run/datamaker/broker.sock';
/** Names of sockets have 108 bytes on Linux and 104 elsewhere, with a zero at the end. */
const LONGEST_PATH = 100;

/**
 * Opens the way of an attempt to the API: a socket for it alone, and a token that is good at this socket alone, as long as the attempt holds
 * the run. The token is nowhere but in this process and in the sandbox.
 * @param output where it is told what was done for the script
 * @param folder of the attempt, which the script does not see
 * @param between answers in place of the API, or sees what that is asked
 */
export async function openRunBroker(
  run: HeldRun,
  token: string,
  { broker: { answer, around = (handler) => handler }, onError }: Surroundings,
  output: RunOutput,
  folder: string,
  between: Between = (api) => api,
): Promise<RunBroker> {
  const { openBroker } = await import('../../../runner/broker/open-broker.ts');
  const { inProcess } = await import('../../../runner/broker/in-process.ts');
  const place = await placeFor(folder);
  const log = new ScriptLog(output);
  const caller = { runId: run.id, workspaceId: run.workspaceId, lease: run.token };
  const isDry = (run.recipe as ScenarioRecipe).isDry === true;
  const hearers = new WeakMap<object, string[]>();
  const api = inProcess(
    (request, response) => {
      const lines = hearers.get(request.socket);
      const tell = (line: string): void => {
        lines?.push(line);
        log.tell(line);
      };
      const serve = (): void => void answer(request, response);
      scriptLog.run(tell, () => (isDry ? readsOnly.run(true, serve) : serve()));
    },
    (socket) => {
      setScriptCaller(socket, caller);
      const lines = heard.getStore();
      if (lines !== undefined) hearers.set(socket, lines);
    },
  );
  const asked = between(api, log);
  const handler: BrokerHandler = async (request) => {
    await log.settled();
    // What was done is told before the script goes on.
    return asked(request).finally(log.count);
  };
  const broker = await openBroker({
    path: join(place, 'socket'),
    token,
    handler: around(handler, run),
    onError: (error) => onError(error, `a request of run ${run.id}`),
  });
  let closing: Promise<void> | undefined;
  return {
    mounts: [{ source: join(place, 'socket'), target: SOCKET, writable: false }],
    env: { DM_BROKER_SOCKET: SOCKET, DM_RUN_TOKEN: token },
    log,
    close: () => {
      closing ??= (async () => {
        await broker.close();
        log.close();
        await rm(place, { recursive: true, force: true });
      })();
      return closing;
    },
  };
}

/** A folder for the socket, which is for this process alone. */
async function placeFor(folder: string): Promise<string> {
  const place = join(folder, 'broker');
  if (Buffer.byteLength(join(place, 'socket')) > LONGEST_PATH) return mkdtemp(join(tmpdir(), 'dm-'));
  await mkdir(place, { mode: 0o700 });
  return place;
}
