/** @faker-js/faker: the rows of the template by its documented methods, one locale loaded, written in blocks. */
import { faker } from '@faker-js/faker/locale/en';
import { contenderArguments, measured, writing } from './measured.ts';

const COLUMNS =
  'id,uuid,first_name,last_name,email,phone,street_address,city,country_code,postcode,birth_date,signup_at,balance,is_active,status,credit_card,iban,note';
const STATUS = [
  { weight: 70, value: 'active' },
  { weight: 15, value: 'inactive' },
  { weight: 10, value: 'pending' },
  { weight: 5, value: 'banned' },
] as const;
const BIRTH = { from: '1940-01-01T00:00:00Z', to: '2005-12-31T23:59:59Z' };
const SIGNUP = { from: '2015-01-01T00:00:00Z', to: '2024-12-31T23:59:59Z' };

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Normal with the bounds of the template, by the polar form that needs no library. */
function balance(): string {
  const radius = Math.sqrt(-2 * Math.log(1 - faker.number.float()));
  const value = 1000 + 500 * radius * Math.cos(2 * Math.PI * faker.number.float());
  return Math.min(5000, Math.max(-2000, value)).toFixed(2);
}

function row(id: number): string {
  const firstName = faker.person.firstName();
  const lastName = faker.person.lastName();
  const cells = [
    id,
    faker.string.uuid(),
    cell(firstName),
    cell(lastName),
    cell(faker.internet.email({ firstName, lastName })),
    cell(faker.phone.number()),
    cell(faker.location.streetAddress()),
    cell(faker.location.city()),
    faker.location.countryCode(),
    faker.location.zipCode(),
    faker.date.between(BIRTH).toISOString().slice(0, 10),
    faker.date.between(SIGNUP).toISOString(),
    balance(),
    faker.datatype.boolean(0.8),
    faker.helpers.weightedArrayElement(STATUS),
    faker.finance.creditCardNumber('4##############L'),
    faker.finance.iban({ countryCode: 'DE' }),
    faker.lorem.sentence(8),
  ];
  return `${cells.join(',')}\n`;
}

const { path, rows } = contenderArguments();
faker.seed(42);
await measured(rows, () =>
  writing(path, (write) => {
    write(`${COLUMNS}\n`);
    let block = '';
    for (let id = 1; id <= rows; id++) {
      block += row(id);
      if (id % 500 === 0 || id === rows) {
        write(block);
        block = '';
      }
    }
  }),
);
