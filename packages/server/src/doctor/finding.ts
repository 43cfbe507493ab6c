/** What was found of one thing that a server or a worker stands on. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly what: string;
  /** `bad`: it will not start, or not do what it is for; `notice`: something is left out. */
  readonly state: 'good' | 'notice' | 'bad';
  /** In words, without secrets. */
  readonly found: string;
  readonly remedy?: string;
}

export const good = (what: string, found: string): Finding => ({ what, state: 'good', found });
export const notice = (what: string, found: string, remedy: string): Finding => ({
  what,
  state: 'notice',
  found,
  remedy,
});
export const bad = (what: string, found: string, remedy: string): Finding => ({ what, state: 'bad', found, remedy });
