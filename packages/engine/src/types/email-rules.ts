import type { TypeRules } from './type-rules.ts';

/** Addresses as HTML's type=email takes them, at most as long as RFC 5321 allows (section 4.5.3.1.3, less the brackets). */
export const EMAIL_RULES: TypeRules = {
  pattern:
    "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?([.][a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*",
  minLength: 3,
  maxLength: 254,
  wrong: [
    { rule: 'pattern', variant: 'no @', edit: { do: 'replace', find: '@', by: '.' } },
    { rule: 'pattern', variant: 'two @', edit: { do: 'replace', find: '@', by: '@@' } },
    { rule: 'pattern', variant: 'dot at the end', edit: { do: 'append', text: '.' } },
    { rule: 'pattern', variant: 'blank before the @', edit: { do: 'replace', find: '@', by: ' @' } },
  ],
};
