-- SPDX-License-Identifier: MIT
-- tries: reads and writes files by the shell's functions
-- layer: root read-only
-- source: sqlite3(1), readfile(), writefile(), .output |
-- expect: ok | failed
-- breach: BREACH
select 'held';
.bail off
select 'BREACH: ' || cast(readfile('@DIR@/secret') as text) where readfile('@DIR@/secret') is not null;
select 'BREACH: written' where writefile('/usr/exrun-audit', 'hostile') is not null;
