-- SPDX-License-Identifier: MIT
-- tries: runs a command by the shell's own
-- layer: root
-- source: sqlite3(1), .shell and .system
-- expect: ok
-- breach: uid=0
.shell cat @DIR@/secret 2>/dev/null
.system id -u
select 'held';
