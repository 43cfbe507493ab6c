-- A dealer of models. Tables and columns after Eclipse BIRT's sample database "Classic Models" (eclipse-birt.github.io/birt-website/docs/template-sample-database). In types of MariaDB.
CREATE TABLE offices (office_code varchar(10) PRIMARY KEY, city varchar(50) NOT NULL, phone varchar(50) NOT NULL, address_line1 varchar(50) NOT NULL, address_line2 varchar(50), state varchar(50), country varchar(50) NOT NULL, postal_code varchar(15) NOT NULL, territory varchar(10) NOT NULL);
CREATE TABLE employees (employee_number int PRIMARY KEY, last_name varchar(50) NOT NULL, first_name varchar(50) NOT NULL, extension varchar(10) NOT NULL, email varchar(100) NOT NULL, office_code varchar(10) NOT NULL, reports_to int, job_title varchar(50) NOT NULL,
  FOREIGN KEY (office_code) REFERENCES offices (office_code), FOREIGN KEY (reports_to) REFERENCES employees (employee_number));
CREATE TABLE customers (customer_number int PRIMARY KEY, customer_name varchar(50) NOT NULL, contact_last_name varchar(50) NOT NULL, contact_first_name varchar(50) NOT NULL, phone varchar(50) NOT NULL, address_line1 varchar(50) NOT NULL, city varchar(50) NOT NULL, state varchar(50),
  postal_code varchar(15), country varchar(50) NOT NULL, sales_rep_employee_number int, credit_limit decimal(10,2),
  FOREIGN KEY (sales_rep_employee_number) REFERENCES employees (employee_number));
CREATE TABLE product_lines (product_line varchar(50) PRIMARY KEY, text_description varchar(4000), html_description text, image longblob);
CREATE TABLE products (product_code varchar(15) PRIMARY KEY, product_name varchar(70) NOT NULL, product_line varchar(50) NOT NULL, product_scale varchar(10) NOT NULL, product_vendor varchar(50) NOT NULL, product_description text NOT NULL, quantity_in_stock smallint NOT NULL,
  buy_price decimal(10,2) NOT NULL, msrp decimal(10,2) NOT NULL,
  FOREIGN KEY (product_line) REFERENCES product_lines (product_line));
CREATE TABLE orders (order_number int PRIMARY KEY, order_date date NOT NULL, required_date date NOT NULL, shipped_date date, status varchar(15) NOT NULL, comments text, customer_number int NOT NULL,
  FOREIGN KEY (customer_number) REFERENCES customers (customer_number));
CREATE TABLE order_details (order_number int NOT NULL, product_code varchar(15) NOT NULL, quantity_ordered int NOT NULL, price_each decimal(10,2) NOT NULL, order_line_number smallint NOT NULL, PRIMARY KEY (order_number, product_code),
  FOREIGN KEY (order_number) REFERENCES orders (order_number), FOREIGN KEY (product_code) REFERENCES products (product_code));
CREATE TABLE payments (customer_number int NOT NULL, check_number varchar(50) NOT NULL, payment_date date NOT NULL, amount decimal(10,2) NOT NULL, PRIMARY KEY (customer_number, check_number),
  FOREIGN KEY (customer_number) REFERENCES customers (customer_number));
