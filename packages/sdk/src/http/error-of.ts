import { DataMakerError } from '../datamaker-error.ts';

/** More of an error's text is of no use to anybody. */
const MOST_LETTERS = 64 * 1024;

/** What an answer that is none of success says: of the two doors of the server, or of a gateway before it. */
export async function errorOf(response: Response): Promise<DataMakerError> {
  const text = (await response.text().catch(() => '')).slice(0, MOST_LETTERS);
  const { error, detail } = asObject(parse(text));
  const said = asObject(error);
  const base = {
    status: response.status,
    requestId: response.headers.get('request-id') ?? undefined,
    retryAfter: secondsOf(response.headers.get('retry-after')),
  };
  if (typeof said.code === 'string' && typeof said.message === 'string') {
    return new DataMakerError({ ...base, code: said.code, message: said.message, details: asObject(said.details) });
  }
  if (typeof error === 'string') return new DataMakerError({ ...base, code: error, message: error });
  const details = detail === undefined ? {} : { detail };
  return new DataMakerError({ ...base, code: 'error', message: `the server answered ${response.status}`, details });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>) : {};

/** `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3). */
function secondsOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
