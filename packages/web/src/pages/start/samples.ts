import type { TemplateDocument } from '../../api/types.ts';

interface Sample {
  readonly label: string;
  readonly about: string;
  readonly template: TemplateDocument;
}

/** Templates to start from. */
export const SAMPLES: readonly Sample[] = [
  {
    label: 'Customers',
    about: 'People with addresses that fit together',
    template: {
      name: 'Customers',
      locale: 'en_GB',
      fields: [
        { name: 'id', type: 'sequence', options: { start: 1 } },
        { name: 'first_name', type: 'first_name' },
        { name: 'last_name', type: 'last_name' },
        { name: 'email', type: 'email', options: { unique: true } },
        { name: 'phone', type: 'phone', options: { null_percentage: 10 } },
        { name: 'street', type: 'street_address' },
        { name: 'city', type: 'city' },
        { name: 'postcode', type: 'postcode' },
        { name: 'plan', type: 'enum', options: { values: ['free', 'pro', 'business'], weights: [6, 3, 1] } },
        { name: 'signed_up', type: 'date', options: { min: '2023-01-01', max: '2025-12-31' } },
      ],
    },
  },
  {
    label: 'Orders',
    about: 'A list of items within each row',
    template: {
      name: 'Orders',
      fields: [
        { name: 'order_id', type: 'uuid' },
        { name: 'customer', type: 'full_name' },
        {
          name: 'items',
          type: 'template',
          options: {
            array: true,
            count: { min: 1, max: 4 },
            fields: [
              { name: 'product', type: 'product_name' },
              { name: 'quantity', type: 'number', options: { min: 1, max: 5 } },
              { name: 'price', type: 'float', options: { min: 5, max: 200, decimals: 2 } },
            ],
          },
        },
        { name: 'shipping', type: 'float', options: { min: 0, max: 20, decimals: 2 } },
        {
          name: 'status',
          type: 'enum',
          options: { values: ['open', 'paid', 'shipped', 'returned'], weights: [2, 4, 8, 1] },
        },
        { name: 'ordered_at', type: 'datetime', options: { min: '2025-01-01T00:00:00Z', max: '2025-12-31T23:59:59Z' } },
      ],
    },
  },
  {
    label: 'Payments',
    about: 'IBANs and amounts with a long tail',
    template: {
      name: 'Payments',
      locale: 'de_DE',
      fields: [
        { name: 'payment_id', type: 'uuid' },
        { name: 'holder', type: 'full_name' },
        { name: 'iban', type: 'iban', options: { country: 'DE' } },
        { name: 'bic', type: 'bic' },
        {
          name: 'amount',
          type: 'float',
          options: { distribution: 'lognormal', mean: 80, stddev: 120, max: 5000, decimals: 2 },
        },
        { name: 'currency', type: 'constant', options: { value: 'EUR' } },
        { name: 'booked_on', type: 'business_day', options: { min: '2025-01-01', max: '2025-12-31' } },
        { name: 'large', type: 'derived', options: { expression: 'amount > 250' } },
      ],
    },
  },
  {
    label: 'Sensor readings',
    about: 'Numbers over time, some of them missing',
    template: {
      name: 'Sensor readings',
      fields: [
        { name: 'reading', type: 'sequence', options: { start: 1 } },
        { name: 'device', type: 'mac_address' },
        { name: 'site', type: 'city' },
        { name: 'at', type: 'datetime', options: { min: '2025-06-01T00:00:00Z', max: '2025-06-30T23:59:59Z' } },
        {
          name: 'celsius',
          type: 'float',
          options: { distribution: 'gaussian', mean: 21, stddev: 3, decimals: 1, null_percentage: 2 },
        },
        { name: 'humidity', type: 'percentage' },
        { name: 'alarm', type: 'boolean' },
      ],
    },
  },
];
