<?php
// SPDX-License-Identifier: MIT
// tries: signals and traces by its own functions
// layer: init-user policy-namespaces
// source: PHP posix and pcntl
// expect: ok
// breach: BREACH
// A user without ids to give away is PID 1's user too: the kernel takes the signal, and drops it.
$isTheSame = preg_match('/^\s*(\d+)\s+\d+\s+1\s*$/', file_get_contents('/proc/self/uid_map'), $found) && (int) $found[1] === posix_getuid();
foreach ([1, posix_getppid()] as $pid) {
    if (@posix_kill($pid, 9) && ! $isTheSame) {
        echo "BREACH: $pid\n";
    }
}
usleep(200000); // had it ended PID 1, this would not go on
if (@posix_setuid(0) || @posix_seteuid(0)) {
    echo "BREACH: root\n";
}
echo "held\n";
