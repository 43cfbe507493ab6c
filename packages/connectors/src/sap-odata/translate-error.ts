import { parseXml, type XmlElement } from '@datamaker/engine/import';
import { ConnectionError } from '../connection-error.ts';
import { parseJson } from '../http/json.ts';
import { problemOfStatus } from '../http/problem-of-status.ts';
import type { Row, Value, ValueObject } from '../value.ts';
import { isObject } from './entity.ts';

/** Of an answer, or of a part of one to a batch. */
export interface Refusal {
  readonly status: number;
  readonly body: string;
}

const MOST_SHOWN = 300;

/**
 * What a service says of a request that it refused: the code and the first message. Messages of SAP quote what they refuse, so
 * whatever looks like a value, or is one of the row, is left out.
 */
export function sayRefusal({ status, body }: Refusal, row?: Row): string {
  const { code, message, target } = firstMessage(body);
  const at = target === undefined ? '' : `, at ${target}`;
  const known = `${code === undefined ? String(status) : `${status}, ${code}`}${at}`;
  return message === undefined ? `it was refused (${known})` : `${withoutValues(message, row)} (${known})`;
}

/** @throws never; returns the error to throw */
export function refusalError(refusal: Refusal, what: string): ConnectionError {
  const problem = refusal.status === 400 ? 'protocol' : problemOfStatus(refusal.status);
  return new ConnectionError(problem, `${what}: ${sayRefusal(refusal)}`, {
    ...(problem === 'auth' ? { hint: 'check the user and the password, and whether the user may sign in here' } : {}),
    ...(problem === 'permission' ? { hint: 'give the user the authorisation for this service' } : {}),
    ...(problem === 'not_found'
      ? { hint: 'check the URL, and whether the service is active (/IWFND/MAINT_SERVICE)' }
      : {}),
  });
}

interface Said {
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** What it is about: `to_Item(…)/Quantity`. */
  readonly target?: string | undefined;
}

function firstMessage(body: string): Said {
  const none = { code: undefined, message: undefined };
  if (body.length > 1024 * 1024) return none;
  try {
    return body.trimStart().startsWith('<') ? ofXml(parseXml(body, { keepText: true })) : ofJson(parseJson(body));
  } catch {
    return none;
  }
}

/** `{"error": {"code", "message": {"value"} or text, "target", "innererror": {"errordetails": [{"target"}]}}}`. */
function ofJson(body: Value): Said {
  const error = isObject(body) ? body['error'] : undefined;
  if (!isObject(error)) return { code: undefined, message: undefined };
  const { code, message } = error;
  const text = isObject(message) ? message['value'] : message;
  return {
    code: codeOf(code),
    message: typeof text === 'string' && text !== '' ? text : undefined,
    target: targetOf(error),
  };
}

/** Of V4 with the error or its details, of SAP's V2 with the inner ones. Keys in brackets are values. */
function targetOf(error: ValueObject): string | undefined {
  const inner = isObject(error['innererror']) ? error['innererror']['errordetails'] : undefined;
  const lists = [error['details'], inner].flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []));
  const target = [error, ...lists].map((one) => one['target']).find((one) => typeof one === 'string' && one !== '');
  const shown = typeof target === 'string' ? target.replace(/\([^)]*\)/g, '(…)').replace(/^\//, '') : '';
  return /^[A-Za-z_][\w/.(…)]{0,119}$/.test(shown) ? shown : undefined;
}

/** `<error><code/><message/></error>`, of V2 when it fails before it knows what was asked for. */
function ofXml(root: XmlElement): Said {
  const text = (name: string): string | undefined => root.children.find((child) => child.name === name)?.text?.trim();
  return { code: codeOf(text('code')), message: text('message') };
}

const codeOf = (code: Value | undefined): string | undefined =>
  typeof code === 'string' && /^[\w/.:-]{1,60}$/.test(code) ? code : undefined;

function withoutValues(message: string, row: Row | undefined): string {
  let text = message
    .slice(0, 2000)
    .replace(/(["'‘’“”«»`]).*?\1|[“‘«].*?[”’»]/g, '…')
    .replace(/\S*\d\S*/g, '…');
  for (const value of row === undefined ? [] : textsOf(row)) {
    const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    text = text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu'), '…');
  }
  return text.replace(/\s+/g, ' ').slice(0, MOST_SHOWN).trim();
}

/** Longest first, since one may be in another. */
function textsOf(value: Value): string[] {
  const found: string[] = [];
  const walk = (one: Value): void => {
    if (typeof one === 'string') found.push(one);
    else if (Array.isArray(one)) one.forEach(walk);
    else if (isObject(one)) Object.values(one).forEach(walk);
  };
  walk(value);
  return [...new Set(found)]
    .filter((text) => text.length > 1 && text.length < 1000)
    .sort((a, b) => b.length - a.length);
}
