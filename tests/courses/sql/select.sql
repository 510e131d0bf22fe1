CREATE TABLE people(id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INT, city TEXT DEFAULT 'Oslo');
INSERT INTO people(name, age, city) VALUES('Ann', 30, 'Rome'), ('Bob', 25, NULL), ('Cid', 41, 'Rome'), ('Żółw', NULL, 'Łódź');
INSERT INTO people(name, age) VALUES('Eve', 25);
SELECT * FROM people ORDER BY age DESC, name;
SELECT DISTINCT city FROM people WHERE city IS NOT NULL ORDER BY 1;
SELECT name, age FROM people WHERE age BETWEEN 25 AND 35 AND name LIKE '%n%' OR name IN ('Cid') ORDER BY name LIMIT 2 OFFSET 0;
SELECT city, count(*), avg(age), min(age), max(age), sum(age), group_concat(name, '+') FROM people GROUP BY city HAVING count(*) > 0 ORDER BY city;
SELECT CASE WHEN age > 28 THEN 'old' WHEN age IS NULL THEN 'unknown' ELSE 'young' END AS kind, count(*) FROM people GROUP BY kind ORDER BY kind;
SELECT coalesce(age, -1), ifnull(city, 'none'), nullif(age, 25), iif(age > 26, 'y', 'n') FROM people ORDER BY id;
