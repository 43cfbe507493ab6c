-- A shop of music. Tables and columns after Chinook (github.com/lerocha/chinook-database). In types of MariaDB.
CREATE TABLE artist (artist_id int PRIMARY KEY, name varchar(120));
CREATE TABLE album (album_id int PRIMARY KEY, title varchar(160) NOT NULL, artist_id int NOT NULL,
  FOREIGN KEY (artist_id) REFERENCES artist (artist_id));
CREATE TABLE employee (employee_id int PRIMARY KEY, last_name varchar(20) NOT NULL, first_name varchar(20) NOT NULL, title varchar(30), reports_to int, birth_date datetime, hire_date datetime,
  address varchar(70), city varchar(40), state varchar(40), country varchar(40), postal_code varchar(10), phone varchar(24), fax varchar(24), email varchar(60),
  FOREIGN KEY (reports_to) REFERENCES employee (employee_id));
CREATE TABLE customer (customer_id int PRIMARY KEY, first_name varchar(40) NOT NULL, last_name varchar(20) NOT NULL, company varchar(80), address varchar(70), city varchar(40), state varchar(40), country varchar(40),
  postal_code varchar(10), phone varchar(24), fax varchar(24), email varchar(60) NOT NULL, support_rep_id int,
  FOREIGN KEY (support_rep_id) REFERENCES employee (employee_id));
CREATE TABLE genre (genre_id int PRIMARY KEY, name varchar(120));
CREATE TABLE invoice (invoice_id int PRIMARY KEY, customer_id int NOT NULL, invoice_date datetime NOT NULL, billing_address varchar(70), billing_city varchar(40), billing_state varchar(40),
  billing_country varchar(40), billing_postal_code varchar(10), total decimal(10,2) NOT NULL,
  FOREIGN KEY (customer_id) REFERENCES customer (customer_id));
CREATE TABLE media_type (media_type_id int PRIMARY KEY, name varchar(120));
CREATE TABLE playlist (playlist_id int PRIMARY KEY, name varchar(120));
CREATE TABLE track (track_id int PRIMARY KEY, name varchar(200) NOT NULL, album_id int, media_type_id int NOT NULL, genre_id int, composer varchar(220),
  milliseconds int NOT NULL, bytes int, unit_price decimal(10,2) NOT NULL,
  FOREIGN KEY (album_id) REFERENCES album (album_id), FOREIGN KEY (media_type_id) REFERENCES media_type (media_type_id), FOREIGN KEY (genre_id) REFERENCES genre (genre_id));
CREATE TABLE invoice_line (invoice_line_id int PRIMARY KEY, invoice_id int NOT NULL, track_id int NOT NULL, unit_price decimal(10,2) NOT NULL, quantity int NOT NULL,
  FOREIGN KEY (invoice_id) REFERENCES invoice (invoice_id), FOREIGN KEY (track_id) REFERENCES track (track_id));
CREATE TABLE playlist_track (playlist_id int NOT NULL, track_id int NOT NULL, PRIMARY KEY (playlist_id, track_id),
  FOREIGN KEY (playlist_id) REFERENCES playlist (playlist_id), FOREIGN KEY (track_id) REFERENCES track (track_id));
