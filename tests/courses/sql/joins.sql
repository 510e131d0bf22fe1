CREATE TABLE a(id INTEGER PRIMARY KEY, v TEXT); CREATE TABLE b(id INTEGER PRIMARY KEY, a_id INT REFERENCES a(id), w INT);
INSERT INTO a VALUES(1, 'one'), (2, 'two'), (3, 'three'); INSERT INTO b VALUES(1, 1, 10), (2, 1, 20), (3, 2, 30), (4, NULL, 40);
SELECT a.v, b.w FROM a JOIN b ON b.a_id = a.id ORDER BY b.w;
SELECT a.v, count(b.id), total(b.w) FROM a LEFT JOIN b ON b.a_id = a.id GROUP BY a.id ORDER BY a.id;
SELECT a.v, b.w FROM a FULL OUTER JOIN b ON b.a_id = a.id ORDER BY a.v, b.w;
SELECT count(*) FROM a CROSS JOIN b; SELECT x.v, y.v FROM a x JOIN a y ON x.id < y.id ORDER BY 1, 2;
SELECT v FROM a WHERE EXISTS (SELECT 1 FROM b WHERE a_id = a.id) UNION SELECT 'zero' EXCEPT SELECT 'two' ORDER BY 1;
SELECT v, (SELECT max(w) FROM b WHERE a_id = a.id) FROM a ORDER BY id; SELECT * FROM a NATURAL JOIN (SELECT 2 AS id, 'x' AS extra); SELECT id FROM a INTERSECT SELECT a_id FROM b;
