-- A company. Tables, columns and rules after the description of Oracle's sample schema HR (docs.oracle.com/en/database/oracle/oracle-database/23/comsc).
CREATE TABLE regions (region_id numeric PRIMARY KEY, region_name varchar(25));
CREATE TABLE countries (country_id char(2) PRIMARY KEY, country_name varchar(60), region_id numeric REFERENCES regions);
CREATE TABLE locations (location_id numeric(5) PRIMARY KEY, street_address varchar(40), postal_code varchar(12), city varchar(30) NOT NULL, state_province varchar(25), country_id char(2) REFERENCES countries);
CREATE TABLE jobs (job_id varchar(10) PRIMARY KEY, job_title varchar(35) NOT NULL, min_salary numeric(6), max_salary numeric(6));
CREATE TABLE departments (department_id numeric(5) PRIMARY KEY, department_name varchar(30) NOT NULL, manager_id numeric(6), location_id numeric(5) REFERENCES locations);
CREATE TABLE employees (employee_id numeric(6) PRIMARY KEY, first_name varchar(20), last_name varchar(25) NOT NULL, email varchar(25) NOT NULL UNIQUE, phone_number varchar(20), hire_date date NOT NULL,
  job_id varchar(10) NOT NULL REFERENCES jobs, salary numeric(8,2) CHECK (salary > 0), commission_pct numeric(2,2), manager_id numeric(6) REFERENCES employees, department_id numeric(5) REFERENCES departments);
ALTER TABLE departments ADD FOREIGN KEY (manager_id) REFERENCES employees;
CREATE TABLE job_history (employee_id numeric(6) NOT NULL REFERENCES employees, start_date date NOT NULL, end_date date NOT NULL, job_id varchar(10) NOT NULL REFERENCES jobs, department_id numeric(5) REFERENCES departments,
  PRIMARY KEY (employee_id, start_date), CHECK (end_date > start_date));
