/** A shop with people in it: a circle of tables, a tree, keys of two columns, e-mail addresses that others refer to. */
export const MASKED_SHOP = `
  CREATE TYPE tier AS ENUM ('gold', 'silver');
  CREATE TABLE customer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email varchar(60) NOT NULL UNIQUE, first_name varchar(20) NOT NULL,
    last_name varchar(20), phone text, born date CHECK (born > '1900-01-01'), iban char(34), level tier, favourite bigint, tags text[],
    initials text GENERATED ALWAYS AS (left(first_name, 1)) STORED);
  CREATE TABLE address (
    customer_id bigint REFERENCES customer, no smallint, street text NOT NULL, zip varchar(10) CHECK (zip ~ '^[0-9]{5}$'), city text,
    PRIMARY KEY (customer_id, no));
  CREATE TABLE "order" (
    id serial PRIMARY KEY, customer_id bigint NOT NULL, ship_to smallint, buyer_email varchar(60) NOT NULL REFERENCES customer (email),
    total numeric(10, 2) NOT NULL, note text, FOREIGN KEY (customer_id, ship_to) REFERENCES address (customer_id, no));
  ALTER TABLE customer ADD FOREIGN KEY (favourite) REFERENCES "order";
  CREATE TABLE staff (
    ssn varchar(11) PRIMARY KEY CHECK (ssn LIKE '___-__-____'), full_name text NOT NULL, boss varchar(11) REFERENCES staff, profile jsonb);
  CREATE TABLE log (at timestamptz NOT NULL, line text, payload bytea, amount double precision)`;

/** Rows for it. */
export const MASKED_SHOP_ROWS = `
  INSERT INTO customer (email, first_name, last_name, phone, born, iban, level, tags)
    SELECT 'real.person' || i || '@corp' || i % 3 || '.test', 'First' || i, CASE WHEN i % 5 > 0 THEN 'Realname' || i END,
           '+49 170 55' || lpad(i::text, 5, '0'), date '1970-01-01' + i, CASE WHEN i % 2 = 0 THEN 'DE89370400440532013000' END,
           CASE WHEN i % 3 = 0 THEN 'gold'::tier END, ARRAY['a', NULL, 'tag ' || i]
      FROM generate_series(1, 300) i;
  INSERT INTO address SELECT c.id, n, 'Real Street ' || c.id, lpad((c.id * 37 % 100000)::text, 5, '0'), 'Town' FROM customer c, generate_series(1, 2) n;
  INSERT INTO "order" (customer_id, ship_to, buyer_email, total, note)
    SELECT c.id, CASE WHEN n = 1 THEN 1 END, c.email, c.id * 1.1, 'fine' FROM customer c, generate_series(1, 3) n;
  UPDATE customer SET favourite = id * 2 WHERE id % 2 = 0;
  INSERT INTO staff SELECT lpad((i + 100)::text, 3, '0') || '-12-' || lpad(i::text, 4, '0'), 'Boss Person ' || i,
         CASE WHEN i > 1 THEN '101-12-0001' END, '{"email": "boss@corp.test"}' FROM generate_series(1, 50) i;
  UPDATE staff SET boss = '150-12-0050' WHERE ssn = '101-12-0001';
  INSERT INTO log SELECT '2024-05-01 10:00:00Z'::timestamptz + i * interval '1 hour', 'line ' || i, '\\x00ff', i / 7.0 FROM generate_series(1, 2500) i`;

/** A policy that names all of its people. */
export const MASKED_SHOP_POLICY = {
  fields: [
    { field: 'customer.email', strategy: 'format-preserve' },
    { field: 'customer.first_name', strategy: 'replace' },
    { field: 'public.customer.last_name', strategy: 'replace', type: 'last_name' },
    { field: 'customer.phone', strategy: 'format-preserve' },
    { field: 'customer.born', strategy: 'shift', days: 30 },
    { field: 'customer.iban', strategy: 'format-preserve' },
    { field: 'address.street', strategy: 'replace' },
    { field: 'address.zip', strategy: 'format-preserve' },
    { field: 'staff.ssn', strategy: 'format-preserve' },
    { field: 'staff.full_name', strategy: 'replace' },
    { field: 'staff.profile', strategy: 'redact' },
  ],
} as const;
