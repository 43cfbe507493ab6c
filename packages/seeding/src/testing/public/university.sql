-- A university. Tables, columns and rules after the schema of Silberschatz, Korth and Sudarshan, "Database System Concepts", 7th edition (db-book.com).
CREATE TABLE classroom (building varchar(15), room_number varchar(7), capacity numeric(4,0), PRIMARY KEY (building, room_number));
CREATE TABLE department (dept_name varchar(20) PRIMARY KEY, building varchar(15), budget numeric(12,2) CHECK (budget > 0));
CREATE TABLE course (course_id varchar(8) PRIMARY KEY, title varchar(50), dept_name varchar(20) REFERENCES department ON DELETE SET NULL, credits numeric(2,0) CHECK (credits > 0));
CREATE TABLE instructor (id varchar(5) PRIMARY KEY, name varchar(20) NOT NULL, dept_name varchar(20) REFERENCES department ON DELETE SET NULL, salary numeric(8,2) CHECK (salary > 29000));
CREATE TABLE section (course_id varchar(8) REFERENCES course ON DELETE CASCADE, sec_id varchar(8), semester varchar(6) CHECK (semester IN ('Fall', 'Winter', 'Spring', 'Summer')), year numeric(4,0) CHECK (year > 1701 AND year < 2100), building varchar(15), room_number varchar(7),
  time_slot_id varchar(4), PRIMARY KEY (course_id, sec_id, semester, year), FOREIGN KEY (building, room_number) REFERENCES classroom ON DELETE SET NULL);
CREATE TABLE teaches (id varchar(5) REFERENCES instructor ON DELETE CASCADE, course_id varchar(8), sec_id varchar(8), semester varchar(6), year numeric(4,0), PRIMARY KEY (id, course_id, sec_id, semester, year),
  FOREIGN KEY (course_id, sec_id, semester, year) REFERENCES section ON DELETE CASCADE);
CREATE TABLE student (id varchar(5) PRIMARY KEY, name varchar(20) NOT NULL, dept_name varchar(20) REFERENCES department ON DELETE SET NULL, tot_cred numeric(3,0) CHECK (tot_cred >= 0));
CREATE TABLE takes (id varchar(5) REFERENCES student ON DELETE CASCADE, course_id varchar(8), sec_id varchar(8), semester varchar(6), year numeric(4,0), grade varchar(2), PRIMARY KEY (id, course_id, sec_id, semester, year),
  FOREIGN KEY (course_id, sec_id, semester, year) REFERENCES section ON DELETE CASCADE);
CREATE TABLE advisor (s_id varchar(5) PRIMARY KEY REFERENCES student ON DELETE CASCADE, i_id varchar(5) REFERENCES instructor ON DELETE SET NULL);
CREATE TABLE time_slot (time_slot_id varchar(4), day varchar(1), start_hr numeric(2) CHECK (start_hr >= 0 AND start_hr < 24), start_min numeric(2) CHECK (start_min >= 0 AND start_min < 60), end_hr numeric(2) CHECK (end_hr >= 0 AND end_hr < 24),
  end_min numeric(2) CHECK (end_min >= 0 AND end_min < 60), PRIMARY KEY (time_slot_id, day, start_hr, start_min));
CREATE TABLE prereq (course_id varchar(8) REFERENCES course ON DELETE CASCADE, prereq_id varchar(8) REFERENCES course, PRIMARY KEY (course_id, prereq_id));
