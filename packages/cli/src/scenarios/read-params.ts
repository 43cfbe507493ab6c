import { badArgument } from '../errors/command-error.ts';

/**
 * Parameters as flags give them: `size=500` is the text "500", `size:=500` the JSON 500.
 * @throws CommandError for what is neither
 */
export function readParams(given: readonly string[]): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const one of given) {
    const at = one.indexOf('=');
    if (at < 1 || one[0] === ':') {
      throw badArgument('--param', 'invalid_param', `${JSON.stringify(one)} is no name=text or name:=json`);
    }
    const isJson = one[at - 1] === ':';
    const name = one.slice(0, isJson ? at - 1 : at);
    const text = one.slice(at + 1);
    if (Object.hasOwn(params, name)) throw badArgument('--param', 'duplicate_param', `${name} is given twice`);
    // A name such as __proto__ is a name.
    Object.defineProperty(params, name, {
      value: isJson ? parse(name, text) : text,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return params;
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = `what stands behind ${name}:= is no JSON: ${(error as Error).message}`;
    throw badArgument('--param', 'invalid_param', message, `${name}=… gives it as a text`);
  }
}
