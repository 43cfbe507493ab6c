const OF_THE_API =
  'agent audit chats connections counters files healthz invites jobs keys mask people projects readyz runs scenarios secrets session sessions sets templates workspace';
const OF_DATAGEN =
  'auth capabilities contracts field-types generate generate-ai health infer-schema pricing samples usage validate';
const OF_OTHERS = 'app docs mcp metrics';

/** With what paths of servers begin: the rest of a path names things of people. */
export const FIRST_WORDS: ReadonlySet<string> = new Set(`${OF_THE_API} ${OF_DATAGEN} ${OF_OTHERS}`.split(' '));
