-- SPDX-License-Identifier: MIT
-- tries: opens a file of the host as a database, and writes one
-- layer: root read-only
-- source: SQLite ATTACH; writing a web shell by it
-- expect: ok | failed
-- breach: BREACH
select 'held';
.bail off
attach '@DIR@/secret' as one;
select 'BREACH: ' || name from one.sqlite_master;
attach '/usr/lib/exrun-audit.db' as two;
create table two.t (x);
insert into two.t values (1);
select 'BREACH: written' from two.t;
