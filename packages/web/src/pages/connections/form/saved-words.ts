import type { Connection } from '../../../api/types.ts';

/** What is said of a connection that was saved. @param done `created`, `saved` */
export function savedWords({ name, secretHostsAdded: hosts = [] }: Connection, done: string): string {
  const said = `${name} is ${done}`;
  return hosts.length === 0 ? said : `${said}; its secret may go to ${hosts.join(', ')} from now on`;
}
