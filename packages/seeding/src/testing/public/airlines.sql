-- Flights and bookings. Tables, columns and rules after the description of the demonstration database "Airlines" (postgrespro.com/docs/postgrespro/current/demodb-bookings).
CREATE TABLE aircrafts_data (aircraft_code char(3) PRIMARY KEY, model jsonb NOT NULL, range integer NOT NULL CHECK (range > 0));
CREATE TABLE airports_data (airport_code char(3) PRIMARY KEY, airport_name jsonb NOT NULL, city jsonb NOT NULL, coordinates point NOT NULL, timezone text NOT NULL);
CREATE TABLE bookings (book_ref char(6) PRIMARY KEY, book_date timestamptz NOT NULL, total_amount numeric(10,2) NOT NULL);
CREATE TABLE flights (flight_id serial PRIMARY KEY, flight_no char(6) NOT NULL, scheduled_departure timestamptz NOT NULL, scheduled_arrival timestamptz NOT NULL, departure_airport char(3) NOT NULL REFERENCES airports_data,
  arrival_airport char(3) NOT NULL REFERENCES airports_data, status varchar(20) NOT NULL, aircraft_code char(3) NOT NULL REFERENCES aircrafts_data, actual_departure timestamptz, actual_arrival timestamptz,
  UNIQUE (flight_no, scheduled_departure), CHECK (scheduled_arrival > scheduled_departure),
  CHECK (actual_arrival IS NULL OR (actual_departure IS NOT NULL AND actual_arrival IS NOT NULL AND actual_arrival > actual_departure)),
  CHECK (status IN ('On Time', 'Delayed', 'Departed', 'Arrived', 'Scheduled', 'Cancelled')));
CREATE TABLE seats (aircraft_code char(3) NOT NULL REFERENCES aircrafts_data ON DELETE CASCADE, seat_no varchar(4) NOT NULL, fare_conditions varchar(10) NOT NULL, PRIMARY KEY (aircraft_code, seat_no),
  CHECK (fare_conditions IN ('Economy', 'Comfort', 'Business')));
CREATE TABLE tickets (ticket_no char(13) PRIMARY KEY, book_ref char(6) NOT NULL REFERENCES bookings, passenger_id varchar(20) NOT NULL, passenger_name text NOT NULL, contact_data jsonb);
CREATE TABLE ticket_flights (ticket_no char(13) NOT NULL REFERENCES tickets, flight_id integer NOT NULL REFERENCES flights, fare_conditions varchar(10) NOT NULL, amount numeric(10,2) NOT NULL,
  PRIMARY KEY (ticket_no, flight_id), CHECK (amount >= 0), CHECK (fare_conditions IN ('Economy', 'Comfort', 'Business')));
CREATE TABLE boarding_passes (ticket_no char(13) NOT NULL, flight_id integer NOT NULL, boarding_no integer NOT NULL, seat_no varchar(4) NOT NULL, PRIMARY KEY (ticket_no, flight_id), UNIQUE (flight_id, boarding_no),
  UNIQUE (flight_id, seat_no), FOREIGN KEY (ticket_no, flight_id) REFERENCES ticket_flights);
