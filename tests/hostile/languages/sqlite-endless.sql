-- SPDX-License-Identifier: MIT
-- tries: computes without end
-- layer: cgroup-cpu
-- source: SQLite recursive queries
-- expect: cpu_timeout
-- limits: cpu=400ms
-- breach: BREACH
with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n;
