import { toNumber } from '../arguments/to-number.ts';
import { badInput } from '../errors/command-error.ts';

/** @param place the flag or the variable that it is from @throws CommandError */
export function parsePort(place: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = toNumber(text);
  if (Number.isInteger(port) && Number(port) >= 0 && Number(port) <= 65_535) return Number(port);
  const message = `a port is a whole number from 0 to 65535, not ${JSON.stringify(text)}`;
  const subject = place.startsWith('--') ? 'the command line' : 'the environment';
  throw badInput(subject, [{ code: 'invalid_port', place, message }]);
}
