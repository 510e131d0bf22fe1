WITH RECURSIVE f(n, a, b) AS (SELECT 1, 0, 1 UNION ALL SELECT n + 1, b, a + b FROM f WHERE n < 20) SELECT group_concat(a, ' ') FROM f;
CREATE TABLE tree(id INT, parent INT, name TEXT); INSERT INTO tree VALUES(1, NULL, 'root'), (2, 1, 'left'), (3, 1, 'right'), (4, 2, 'leaf');
WITH RECURSIVE t(id, path, depth) AS (SELECT id, name, 0 FROM tree WHERE parent IS NULL UNION ALL SELECT tree.id, path || '/' || name, depth + 1 FROM tree JOIN t ON tree.parent = t.id) SELECT path, depth FROM t ORDER BY path;
WITH RECURSIVE c(x) AS (VALUES(2) UNION ALL SELECT x + 1 FROM c WHERE x < 50) SELECT group_concat(x, ',') FROM c WHERE NOT EXISTS (SELECT 1 FROM c d WHERE d.x < c.x AND c.x % d.x = 0);
WITH RECURSIVE x(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM x WHERE i < 4), y(s) AS (SELECT group_concat(printf('%3d', i * i), '') FROM x) SELECT s FROM y;
WITH one AS (SELECT 1 AS n), two AS (SELECT n + 1 AS n FROM one) SELECT one.n, two.n FROM one, two;
