CREATE TABLE customers (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  country char(2)
);
CREATE TABLE orders (
  id uuid PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customers,
  total numeric(10, 2) NOT NULL CHECK (total > 0),
  currency char(3) NOT NULL
);
