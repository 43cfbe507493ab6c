/** A shop of six tables: a tree, lines counted in their order, a pair that is a key, and a key of two. */
export const SHOP = `
  CREATE TABLE category (id serial PRIMARY KEY, name varchar(60) NOT NULL, parent_id int REFERENCES category);
  CREATE TABLE product (
    sku char(8) PRIMARY KEY, name text NOT NULL, category_id int NOT NULL REFERENCES category,
    price numeric(10, 2) NOT NULL, weight real, attributes jsonb, added date NOT NULL DEFAULT current_date);
  CREATE TABLE customer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email varchar(120) NOT NULL UNIQUE, full_name text NOT NULL,
    country char(2), created_at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE "order" (
    id uuid PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer, placed_at timestamp NOT NULL,
    status text NOT NULL, note text);
  CREATE TABLE order_line (
    order_id uuid REFERENCES "order" ON DELETE CASCADE, line_no int, sku char(8) NOT NULL REFERENCES product, quantity smallint NOT NULL,
    price numeric(10, 2) NOT NULL, total numeric GENERATED ALWAYS AS (quantity * price) STORED, PRIMARY KEY (order_id, line_no));
  CREATE TABLE wish (
    customer_id bigint REFERENCES customer, sku char(8) REFERENCES product, wished_on date, PRIMARY KEY (customer_id, sku))`;
