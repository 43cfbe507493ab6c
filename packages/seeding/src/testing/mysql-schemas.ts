/** Schemas of MariaDB that are hard to fill, each in its own way. */
export const MYSQL_SCHEMAS: Readonly<Record<string, string>> = {
  'a circle through keys that may be null': `
    CREATE TABLE department (id int AUTO_INCREMENT PRIMARY KEY, name varchar(80) NOT NULL, head_id int);
    CREATE TABLE employee (id int AUTO_INCREMENT PRIMARY KEY, name varchar(80) NOT NULL, department_id int NOT NULL, boss_id int,
      FOREIGN KEY (department_id) REFERENCES department (id), FOREIGN KEY (boss_id) REFERENCES employee (id));
    ALTER TABLE department ADD FOREIGN KEY (head_id) REFERENCES employee (id);`,
  'circles that nothing is null in': `
    CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY, b_id int NOT NULL);
    CREATE TABLE b (id int PRIMARY KEY, a_id int NOT NULL, FOREIGN KEY (a_id) REFERENCES a (id) ON DELETE CASCADE);
    ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b (id);
    CREATE TABLE c (id int PRIMARY KEY, a_id int NOT NULL, FOREIGN KEY (a_id) REFERENCES a (id));`,
  'trees whose roots are their own parents, and chains': `
    CREATE TABLE node (id int PRIMARY KEY, parent_id int NOT NULL, label varchar(20), FOREIGN KEY (parent_id) REFERENCES node (id));
    CREATE TABLE step (a int, b int, before_a int, before_b int, PRIMARY KEY (a, b), UNIQUE (before_a, before_b),
      FOREIGN KEY (before_a, before_b) REFERENCES step (a, b));
    CREATE TABLE folder (path varchar(40) PRIMARY KEY, inside varchar(40), FOREIGN KEY (inside) REFERENCES folder (path) ON DELETE CASCADE);`,
  'keys of tenants that share a column': `
    CREATE TABLE tenant (id int PRIMARY KEY, name varchar(80) NOT NULL);
    CREATE TABLE customer (tenant_id int, id int, name text, PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id) REFERENCES tenant (id));
    CREATE TABLE product (tenant_id int, id int, name text, PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id) REFERENCES tenant (id));
    CREATE TABLE orders (tenant_id int, id int, customer_id int NOT NULL, replaces_id int, PRIMARY KEY (tenant_id, id),
      FOREIGN KEY (tenant_id) REFERENCES tenant (id), FOREIGN KEY (tenant_id, customer_id) REFERENCES customer (tenant_id, id),
      FOREIGN KEY (tenant_id, replaces_id) REFERENCES orders (tenant_id, id));
    CREATE TABLE line (tenant_id int, order_id int, product_id int, quantity int NOT NULL CHECK (quantity > 0),
      PRIMARY KEY (tenant_id, order_id, product_id), FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id),
      FOREIGN KEY (tenant_id, product_id) REFERENCES product (tenant_id, id));`,
  'texts that keys do not tell apart by capitals and accents': `
    CREATE TABLE person (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, email varchar(120) NOT NULL UNIQUE, code char(4) UNIQUE, nick varchar(30) UNIQUE, city varchar(60) NOT NULL UNIQUE)
      COLLATE utf8mb4_unicode_ci;
    CREATE TABLE login (id uuid PRIMARY KEY, email varchar(120) NOT NULL, FOREIGN KEY (email) REFERENCES person (email)) COLLATE utf8mb4_unicode_ci;`,
  'pairs, triples and lists in keys': `
    CREATE TABLE room (id smallint unsigned PRIMARY KEY, name varchar(40) NOT NULL UNIQUE);
    CREATE TABLE teacher (id int PRIMARY KEY, name varchar(80) NOT NULL);
    CREATE TABLE lesson (room_id smallint unsigned, day enum('mo', 'tu', 'we', 'th', 'fr'), hour int CHECK (hour BETWEEN 8 AND 17), teacher_id int NOT NULL,
      PRIMARY KEY (room_id, day, hour), UNIQUE (teacher_id, day, hour, room_id), FOREIGN KEY (room_id) REFERENCES room (id), FOREIGN KEY (teacher_id) REFERENCES teacher (id));
    CREATE TABLE flag (name varchar(20), is_on boolean, PRIMARY KEY (name, is_on));`,
  'rules of many kinds': `
    CREATE TABLE thing (id int AUTO_INCREMENT PRIMARY KEY, low int NOT NULL, high int NOT NULL, price int unsigned NOT NULL CHECK (price < 100000), discount int unsigned,
      state varchar(10) NOT NULL CHECK (state IN ('new', 'open', 'done')), code varchar(8) CHECK (code REGEXP '^[A-Z]{2}[0-9]{4}$'), title varchar(40) NOT NULL CHECK (char_length(title) BETWEEN 3 AND 12),
      started datetime, ended datetime, country varchar(2) CHECK (country = upper(country) AND char_length(country) = 2), ratio float CHECK (ratio >= 0 AND ratio <= 1),
      email varchar(80) CHECK (email LIKE '%@%.%'), born date CHECK (born > DATE '1900-01-01'), is_paid boolean NOT NULL, paid_on date,
      tags set('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h') NOT NULL, made year NOT NULL, at inet6, place point NOT NULL, area polygon, raw varbinary(16), flags bit(7), stamp timestamp NOT NULL,
      full_size int GENERATED ALWAYS AS (high - low) STORED, half int AS (high / 2) VIRTUAL, even int CHECK (even MOD 2 = 0 OR even > 0),
      CHECK (low < high), CHECK (discount IS NULL OR discount <= price), CHECK (started <= ended), CHECK (is_paid = 0 OR paid_on IS NOT NULL));`,
  'names that nobody should give': `
    CREATE TABLE \`se lect\` (\`a"b\` int PRIMARY KEY, \`from\` varchar(40) NOT NULL, \`naïve ü\` int, \`x.y\` varchar(10) UNIQUE, FOREIGN KEY (\`naïve ü\`) REFERENCES \`se lect\` (\`a"b\`));
    CREATE TABLE \`T;DROP\` (\`Id\` int AUTO_INCREMENT PRIMARY KEY, ref int NOT NULL, \`a,b\` text, \`tab	col\` int, \`back\`\`tick\` int, FOREIGN KEY (ref) REFERENCES \`se lect\` (\`a"b\`));`,
};

/** The shop of the tests in MariaDB: a tree, lines counted in their order, a pair that is a key, and a key of two. */
export const MYSQL_SHOP = `
  CREATE TABLE category (id int AUTO_INCREMENT PRIMARY KEY, name varchar(60) NOT NULL, parent_id int, FOREIGN KEY (parent_id) REFERENCES category (id));
  CREATE TABLE product (
    sku char(8) PRIMARY KEY, name varchar(200) NOT NULL, category_id int NOT NULL, price decimal(10, 2) NOT NULL, weight float,
    attributes json, added date NOT NULL DEFAULT (current_date), FOREIGN KEY (category_id) REFERENCES category (id));
  CREATE TABLE customer (
    id bigint unsigned AUTO_INCREMENT PRIMARY KEY, email varchar(120) NOT NULL UNIQUE, full_name varchar(120) NOT NULL,
    country char(2), created_at timestamp NOT NULL DEFAULT now());
  CREATE TABLE \`order\` (
    id uuid PRIMARY KEY, customer_id bigint unsigned NOT NULL, placed_at datetime NOT NULL, status varchar(20) NOT NULL, note text,
    FOREIGN KEY (customer_id) REFERENCES customer (id));
  CREATE TABLE order_line (
    order_id uuid, line_no int, sku char(8) NOT NULL, quantity smallint NOT NULL, price decimal(10, 2) NOT NULL,
    total decimal(20, 2) GENERATED ALWAYS AS (quantity * price) STORED, PRIMARY KEY (order_id, line_no),
    FOREIGN KEY (order_id) REFERENCES \`order\` (id) ON DELETE CASCADE, FOREIGN KEY (sku) REFERENCES product (sku));
  CREATE TABLE wish (
    customer_id bigint unsigned, sku char(8), wished_on date, PRIMARY KEY (customer_id, sku),
    FOREIGN KEY (customer_id) REFERENCES customer (id), FOREIGN KEY (sku) REFERENCES product (sku))`;
