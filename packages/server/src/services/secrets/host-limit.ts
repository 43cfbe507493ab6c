/** Most hosts that a secret is meant for. */
export const MAX_HOSTS = 100;

export const TOO_MANY_HOSTS = `a secret is meant for at most ${MAX_HOSTS} hosts`;
