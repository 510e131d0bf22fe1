.headers on
.mode column
CREATE TABLE t(a INT, b TEXT); INSERT INTO t VALUES(1, 'x'), (2, 'y');
SELECT * FROM t;
.mode csv
SELECT * FROM t;
.mode json
SELECT * FROM t;
.mode box
SELECT * FROM t;
.tables
.schema t
.headers off
.mode list
.separator ;
SELECT * FROM t;
.once out.csv
SELECT * FROM t;
CREATE TABLE u(a, b);
.import out.csv u
SELECT count(*) FROM u;
ATTACH 'side.db' AS side; CREATE TABLE side.s(x); INSERT INTO side.s VALUES(7); SELECT * FROM side.s; DETACH side;
.print done
CREATE VIRTUAL TABLE docs USING fts5(body); INSERT INTO docs VALUES('the quick brown fox'), ('lazy dog'); SELECT body FROM docs WHERE docs MATCH 'quick'; CREATE VIRTUAL TABLE r USING rtree(id, x0, x1); INSERT INTO r VALUES(1, 0, 5); SELECT id FROM r WHERE x0 < 1; SELECT value FROM generate_series(1, 3);
