/** What the values of a column can be labelled with: what they look like to a reader, not how they are stored. */
export const LABELS = [
  // who
  'first_name',
  'last_name',
  'full_name',
  'username',
  'email',
  'phone',
  'age',
  'gender',
  'title_prefix',
  'job_title',
  'company_name',
  'department',
  // where
  'street_address',
  'address_line2',
  'city',
  'state_region',
  'postcode',
  'country_name',
  'country_code',
  'latitude',
  'longitude',
  // when
  'date',
  'datetime',
  'time',
  'birth_date',
  'year',
  'month',
  'weekday',
  'duration',
  'timezone',
  // how many
  'money',
  'percentage_or_rate',
  'integer_count',
  'decimal_measure',
  'boolean',
  // which
  'id_int',
  'uuid',
  'code',
  'category_enum',
  'currency_code',
  'language_code',
  'locale',
  'color',
  'version',
  'tax_id',
  'national_id',
  'license_plate',
  'iban',
  'bic',
  'bank_account',
  'credit_card_number',
  'card_type',
  // machines
  'url',
  'image_url',
  'domain',
  'ip_address',
  'mac_address',
  'user_agent',
  'file_name_or_path',
  'mime_type',
  'hash_or_token',
  'password',
  'json',
  // words
  'product_name',
  'short_text',
  'description_text',
  // cannot be told
  'other',
] as const;

export type Label = (typeof LABELS)[number];

/** Whether a text is one of the labels. */
export const isLabel = (text: unknown): text is Label => (LABELS as readonly unknown[]).includes(text);
