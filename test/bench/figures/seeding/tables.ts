/** A company in twenty tables: keys of all kinds, a tree, a circle, pairs. Of its foreign keys only those in keys have an index. */
export const TABLES = `
CREATE TABLE country (code char(3) PRIMARY KEY, name text NOT NULL, vat numeric(4, 2) NOT NULL CHECK (vat BETWEEN 0 AND 30));
CREATE TABLE city (id serial PRIMARY KEY, name text NOT NULL, country_code char(3) NOT NULL REFERENCES country);
CREATE TABLE address (id bigserial PRIMARY KEY, street_address text NOT NULL, postal_code varchar(12), city_id int NOT NULL REFERENCES city);
CREATE TABLE department (id serial PRIMARY KEY, name text NOT NULL, head_id int, budget numeric(12, 2));
CREATE TABLE employee (id serial PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, email varchar(120) UNIQUE NOT NULL,
  department_id int NOT NULL REFERENCES department, boss_id int REFERENCES employee, hired date NOT NULL, salary numeric(10, 2) CHECK (salary > 0));
ALTER TABLE department ADD FOREIGN KEY (head_id) REFERENCES employee;
CREATE TABLE customer (id uuid PRIMARY KEY, email varchar(120) UNIQUE NOT NULL, full_name text NOT NULL, address_id bigint NOT NULL REFERENCES address, created_at timestamptz NOT NULL);
CREATE TABLE category (id serial PRIMARY KEY, name text NOT NULL, parent_id int REFERENCES category);
CREATE TABLE supplier (id serial PRIMARY KEY, company_name text NOT NULL, phone varchar(30), address_id bigint NOT NULL REFERENCES address);
CREATE TABLE product (sku varchar(12) PRIMARY KEY, name text NOT NULL, category_id int NOT NULL REFERENCES category, supplier_id int NOT NULL REFERENCES supplier,
  price numeric(10, 2) NOT NULL CHECK (price > 0), weight real, attributes jsonb);
CREATE TABLE warehouse (id serial PRIMARY KEY, name text NOT NULL, address_id bigint NOT NULL REFERENCES address);
CREATE TABLE stock (warehouse_id int REFERENCES warehouse, sku varchar(12) REFERENCES product, quantity int NOT NULL CHECK (quantity >= 0), PRIMARY KEY (warehouse_id, sku));
CREATE TABLE cart (id uuid PRIMARY KEY, customer_id uuid NOT NULL REFERENCES customer, updated_at timestamptz NOT NULL);
CREATE TABLE cart_line (cart_id uuid REFERENCES cart ON DELETE CASCADE, line_no int, sku varchar(12) NOT NULL REFERENCES product, quantity int NOT NULL, PRIMARY KEY (cart_id, line_no));
CREATE TABLE sales_order (id bigserial PRIMARY KEY, customer_id uuid NOT NULL REFERENCES customer, seller_id int REFERENCES employee, ship_to bigint NOT NULL REFERENCES address,
  placed_at timestamp NOT NULL, state text NOT NULL CHECK (state IN ('new', 'paid', 'sent', 'back')), total numeric(12, 2) NOT NULL);
CREATE TABLE order_line (order_id bigint REFERENCES sales_order, line_no int, sku varchar(12) NOT NULL REFERENCES product, quantity int NOT NULL, price numeric(10, 2) NOT NULL, PRIMARY KEY (order_id, line_no));
CREATE TABLE invoice (id serial PRIMARY KEY, order_id bigint NOT NULL UNIQUE REFERENCES sales_order, issued date NOT NULL, due date NOT NULL, CHECK (due >= issued));
CREATE TABLE payment (id uuid PRIMARY KEY, invoice_id int NOT NULL REFERENCES invoice, amount numeric(12, 2) NOT NULL, paid_at timestamptz NOT NULL);
CREATE TABLE shipment (id bigserial PRIMARY KEY, order_id bigint NOT NULL REFERENCES sales_order, warehouse_id int NOT NULL REFERENCES warehouse, sent_at timestamptz);
CREATE TABLE review (id bigserial PRIMARY KEY, sku varchar(12) NOT NULL REFERENCES product, customer_id uuid NOT NULL REFERENCES customer, stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5), body text);
CREATE TABLE wish (customer_id uuid REFERENCES customer, sku varchar(12) REFERENCES product, wished_on date NOT NULL, PRIMARY KEY (customer_id, sku));
`;

const KEYS: Readonly<Record<string, string>> = {
  country: 'code',
  product: 'sku',
};
const WORDS: Readonly<Record<string, string>> = {
  serial: 'int AUTO_INCREMENT',
  bigserial: 'bigint AUTO_INCREMENT',
  timestamptz: 'datetime(3)',
  timestamp: 'datetime(3)',
  jsonb: 'json',
};

/** The same in the words of MariaDB, which has no short form for the key of another table. */
export const MARIADB_TABLES = TABLES.replaceAll(
  /\bREFERENCES (\w+)/g,
  (reference, table: string) => `${reference} (${KEYS[table] ?? 'id'})`,
).replaceAll(/\b(?:big)?serial\b|\btimestamp(?:tz)?\b|\bjsonb\b/g, (word) => WORDS[word] ?? word);
