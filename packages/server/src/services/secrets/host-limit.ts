/** Most hosts that a secret is meant for. */
export const MAX_HOSTS = 100;
