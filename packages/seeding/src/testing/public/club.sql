-- A country club. Tables and columns after pgexercises.com ("Getting started").
CREATE TABLE members (memid int PRIMARY KEY, surname varchar(200) NOT NULL, firstname varchar(200) NOT NULL, address varchar(300) NOT NULL, zipcode int NOT NULL, telephone varchar(20) NOT NULL, recommendedby int REFERENCES members ON DELETE SET NULL, joindate timestamp NOT NULL);
CREATE TABLE facilities (facid int PRIMARY KEY, name varchar(100) NOT NULL, membercost numeric NOT NULL, guestcost numeric NOT NULL, initialoutlay numeric NOT NULL, monthlymaintenance numeric NOT NULL);
CREATE TABLE bookings (bookid int PRIMARY KEY, facid int NOT NULL REFERENCES facilities, memid int NOT NULL REFERENCES members, starttime timestamp NOT NULL, slots int NOT NULL);
