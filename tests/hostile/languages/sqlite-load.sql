-- SPDX-License-Identifier: MIT
-- tries: loads machine code of its own
-- layer: noexec
-- source: sqlite3(1), .load and load_extension()
-- expect: failed | ok
-- breach: BREACH
.shell cp /usr/lib/x86_64-linux-gnu/libm.so.6 /tmp/own.so
select 'held';
.load /tmp/own.so
select 'BREACH: it was loaded';
