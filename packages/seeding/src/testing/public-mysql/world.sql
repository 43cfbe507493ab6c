-- Countries and cities. Tables, columns and rules after MySQL's sample database "world" (dev.mysql.com/doc/world-setup) as it is in PostgreSQL's collection of samples. In types of MariaDB.
CREATE TABLE city (id int PRIMARY KEY, name text NOT NULL, country_code char(3) NOT NULL, district text NOT NULL, population int NOT NULL);
CREATE TABLE country (code char(3) PRIMARY KEY, name text NOT NULL, continent text NOT NULL CHECK (continent = 'Asia' OR continent = 'Europe' OR continent = 'North America' OR continent = 'Africa' OR continent = 'Oceania'
  OR continent = 'Antarctica' OR continent = 'South America'), region text NOT NULL, surface_area float NOT NULL, indep_year smallint, population int NOT NULL, life_expectancy float, gnp decimal(10,2), gnp_old decimal(10,2),
  local_name text NOT NULL, government_form text NOT NULL, head_of_state text, capital int, code2 char(2) NOT NULL,
  FOREIGN KEY (capital) REFERENCES city (id));
ALTER TABLE city ADD FOREIGN KEY (country_code) REFERENCES country (code);
CREATE TABLE country_language (country_code char(3) NOT NULL, language varchar(60) NOT NULL, is_official boolean NOT NULL, percentage float NOT NULL, PRIMARY KEY (country_code, language),
  FOREIGN KEY (country_code) REFERENCES country (code));
