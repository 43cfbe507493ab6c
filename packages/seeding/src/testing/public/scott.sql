-- Employees and departments. Tables and columns after Oracle's schema SCOTT, as the SQL*Plus user's guide describes it (docs.oracle.com/en/database/oracle/oracle-database/23/sqpug).
CREATE TABLE dept (deptno numeric(5) PRIMARY KEY, dname varchar(14), loc varchar(13));
CREATE TABLE emp (empno numeric(5) PRIMARY KEY, ename varchar(10), job varchar(9), mgr numeric(5) REFERENCES emp, hiredate date, sal numeric(7,2), comm numeric(7,2), deptno numeric(5) REFERENCES dept);
CREATE TABLE salgrade (grade numeric, losal numeric, hisal numeric);
CREATE TABLE bonus (ename varchar(10), job varchar(9), sal numeric, comm numeric);
