import { isIP } from 'node:net';
import type { ServerOptions } from '@datamaker/server';
import { type Arguments, flagValue } from '../arguments/command.ts';
import { badInput } from '../errors/command-error.ts';
import { parseFileBytes, parseObjectStore } from './object-store-variables.ts';
import { parsePort } from './parse-port.ts';

/**
 * What the flags and the variables of `datamaker serve` say but for those that the server reads itself. Flags go before variables; an empty variable
 * is none. What neither gives is the server's default.
 * @throws CommandError for what cannot be right
 */
export function serverOptions(args: Arguments, environment: NodeJS.ProcessEnv): ServerOptions {
  const given = {
    host: flagValue(args, 'host') ?? environment.HOST,
    dataDirectory: flagValue(args, 'data-dir') ?? environment.DATAMAKER_DATA_DIR,
    databaseUrl: environment.DATABASE_URL,
    apiKey: environment.DATAMAKER_API_KEY,
    logLevel: environment.DATAMAKER_LOG_LEVEL,
  };
  const flag = flagValue(args, 'port');
  const port = flag === undefined ? parsePort('PORT', environment.PORT || undefined) : parsePort('--port', flag);
  const options = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''));
  const s3 = parseObjectStore(environment);
  const maxFileBytes = parseFileBytes(environment.DATAMAKER_MAX_FILE_BYTES || undefined);
  const proxies = parseProxies(environment.DATAMAKER_TRUSTED_PROXIES);
  return {
    ...options,
    ...(port === undefined ? {} : { port }),
    ...(proxies === undefined ? {} : { trustedProxies: proxies }),
    ...(s3 === undefined ? {} : { s3 }),
    ...(maxFileBytes === undefined ? {} : { maxFileBytes }),
  };
}

/** Addresses and networks, with commas between them. */
function parseProxies(text: string | undefined): readonly string[] | undefined {
  const places = (text ?? '')
    .split(',')
    .map((place) => place.trim())
    .filter((place) => place !== '');
  const wrong = places.find((place) => !isNetwork(place));
  if (wrong === undefined) return places.length === 0 ? undefined : places;
  const message = `${JSON.stringify(wrong)} is no address or network, such as 10.0.0.0/8`;
  throw badInput('the environment', [{ code: 'invalid_proxy', place: 'DATAMAKER_TRUSTED_PROXIES', message }]);
}

function isNetwork(place: string): boolean {
  const [address = '', bits, ...rest] = place.split('/');
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  return version !== 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}
