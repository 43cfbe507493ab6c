import type { TypeRules } from './type-rules.ts';

/** Addresses of the web. */
export const URL_RULES: TypeRules = {
  pattern: 'https?://[a-z0-9-]+([.][a-z0-9-]+)*/[A-Za-z0-9._~/-]*',
  maxLength: 2000,
  wrong: [
    { rule: 'pattern', variant: 'no scheme', edit: { do: 'replace', find: 'https://', by: '' } },
    { rule: 'pattern', variant: 'blank in the path', edit: { do: 'append', text: ' page' } },
    { rule: 'pattern', variant: 'no host', edit: { do: 'set', values: ['https:///index.html', 'http://?page=12'] } },
  ],
};
