import { FORMATS } from '@datamaker/engine';
import { EMIRATI_NOTE, supportedLocales } from './locales.ts';
import { OUTPUT_FORMATS } from './read-format.ts';
import { SAMPLES } from './samples.ts';
import { TIERS, type TierName } from './tiers.ts';
import { type NamedType, namedTypes } from './type-names.ts';

const API_VERSION = '1.0.0';

const present = ({ name, category, info }: NamedType) => ({
  name,
  category,
  description: info.summary,
  example_value: info.example,
  required_constraints: info.options.filter(({ required }) => required).map((option) => option.name),
  locale_notes: localeNotesOf(name, info.localised),
  tier_required: 'free' as const,
  constraints: info.options.map(({ name: option, type, summary, default: value }) => ({
    name: option,
    type,
    description: summary,
    ...(value === undefined ? {} : { default: value }),
  })),
  aliases: [...new Set([info.key, ...info.aliases])].filter((alias) => alias !== name),
});

function localeNotesOf(name: string, localised: boolean): string {
  if (name === 'phone') return 'follows the locale; en_AE and ar_AE need constraints {"country_code": "+971"}';
  if (name === 'iban') return 'follows the locale; en_AE and ar_AE need constraints {"country_prefix": "AE"}';
  return localised ? 'follows the locale' : 'the same in all locales';
}

const fieldTypeList = namedTypes.map(present);

/** The whole catalogue, whatever the plan. */
export const fieldTypesAnswer = () => ({
  api_version: API_VERSION,
  description: 'Types of fields. Names, keys and aliases are taken in any case, with or without blanks, - and _.',
  type_count: fieldTypeList.length,
  field_types: fieldTypeList,
  locale_rules_summary: { en_AE: EMIRATI_NOTE, ar_AE: EMIRATI_NOTE },
});

const limitsOf = (tier: TierName) => {
  const { price_usd_month: _, ...limits } = TIERS[tier];
  return limits;
};

/** What can be had on a plan. */
export const capabilitiesAnswer = (tier: TierName) => ({
  api_version: API_VERSION,
  tier,
  available_field_types: fieldTypeList,
  supported_locales: supportedLocales(),
  output_formats: OUTPUT_FORMATS,
  limits: limitsOf(tier),
  example_requests: SAMPLES.map(({ description, path, body }) => ({
    description: `${description}: POST ${path}`,
    request: body,
  })),
  payment_options: { api_key: { description: 'A key of a plan, sent as X-API-Key.', tiers: pricesOf() } },
  payment_environment: 'none',
});

const pricesOf = () =>
  Object.fromEntries(
    Object.entries(TIERS).map(([name, { price_usd_month, max_records_per_call }]) => [
      name,
      { price_usd_month, max_records: max_records_per_call },
    ]),
  );

/** The plans and what they cost. */
export const pricingAnswer = () => ({
  currency: 'USD',
  tiers: Object.fromEntries(
    Object.entries(TIERS).map(([name, tier]) => [name, { ...tier, categories: 'all', formats: FORMATS }]),
  ),
  free_key: '/api/v1/auth/free-key',
});
