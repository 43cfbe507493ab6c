import { type Piece, pick, text } from '../../plan/program.ts';
import { EMAIL_RULES } from '../email-rules.ts';
import { type BuildContext, defineType, type FieldType, type OptionProblem, type Options } from '../field-type.ts';
import { isDomain } from '../is-domain.ts';
import { nameSlugs, UNIQUE_NUMBERS } from '../person/name-slugs.ts';
import { URL_RULES } from '../url-rules.ts';
import { companyDomain } from './company-domain.ts';

const FAMILY = 'business';
/** Nobody can own a name under it (RFC 2606, section 2), so that no mail and no request reaches a company. */
const SAFE = 'example';

const under = {
  kind: 'string',
  minLength: 1,
  maxLength: 120,
  default: SAFE,
  summary: 'Domain that all companies have theirs under; fields of a row agree when they have the same.',
  aliases: ['parent_domain'],
} as const;

const check = (options: Options): OptionProblem[] =>
  isDomain(options['under'])
    ? []
    : [{ option: 'under', message: '`under` must be the name of a domain', hint: 'for instance "example.com"' }];

/** Mailboxes that companies have (RFC 2142 and usage). */
const ROLES = ['info', 'contact', 'office', 'sales', 'support', 'service', 'billing', 'accounts', 'hr', 'marketing'];

const mailboxPieces = (mailbox: unknown, context: BuildContext): Piece[] => {
  const number: Piece[] = context.unique ? [{ p: 'integer', value: context.choose(UNIQUE_NUMBERS) }] : [];
  if (mailbox === 'role') return [pick(ROLES, context.draw(ROLES.length)), ...number];
  const { first, last } = nameSlugs(context);
  return [first, text('.'), last, ...number];
};

/** Where the row's company is found on the internet. */
export const companyOnlineTypes: readonly FieldType[] = [
  defineType({
    key: 'company_domain',
    label: 'Company domain',
    family: FAMILY,
    summary: "Domain made from the name of the row's company, where nobody can own one.",
    aliases: ['business_domain'],
    options: { under },
    example: 'okafor-logistics.example',
    localised: true,
    check,
    build: (options, context) => ({ kind: 'string', body: companyDomain(options['under'] as string, context) }),
  }),
  defineType({
    key: 'company_website',
    label: 'Company website',
    family: FAMILY,
    summary: "Web address at the domain of the row's company.",
    aliases: ['company_url', 'corporate_website', 'company_homepage'],
    options: { under },
    example: 'https://www.okafor-logistics.example/',
    localised: true,
    check,
    rules: () => URL_RULES,
    build: (options, context) => ({
      kind: 'string',
      body: [text('https://www.'), ...companyDomain(options['under'] as string, context), text('/')],
    }),
  }),
  defineType({
    key: 'company_email',
    label: 'Company e-mail address',
    family: FAMILY,
    summary: "Address of the row's person, or of an office, at the domain of the row's company.",
    aliases: ['work_email', 'business_email', 'corporate_email'],
    options: {
      mailbox: {
        kind: 'one of',
        values: ['person', 'role'],
        default: 'person',
        summary: "Name of the row's person, or an office such as info and sales.",
      },
      under,
    },
    example: 'charlotte.okafor@okafor-logistics.example',
    localised: true,
    sensitive: true,
    check,
    rules: () => EMAIL_RULES,
    build: (options, context) => ({
      kind: 'string',
      body: [
        ...mailboxPieces(options['mailbox'], context),
        text('@'),
        ...companyDomain(options['under'] as string, context, false),
      ],
    }),
  }),
];
