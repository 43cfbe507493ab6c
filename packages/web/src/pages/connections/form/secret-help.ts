import type { Secret } from '../../../api/types.ts';

/** In plain words: where a secret goes, and who can have it go elsewhere. @param secret undefined: none that is known is chosen */
export function secretHelp(secret: Secret | undefined): string {
  if (secret === undefined) return 'Where its value is replaced, the connection has the new one.';
  const { hosts, reach } = secret;
  const where = hosts.length === 0 ? 'It is meant for no host yet.' : `It goes only to ${hosts.join(', ')}.`;
  const who = reach === 'workspace' ? 'an administrator' : 'a member of the workspace';
  return `${where} Saving adds the host of this connection where you may set the secret; else ${who} can add it under Secrets.`;
}
