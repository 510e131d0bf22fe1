<?php
// SPDX-License-Identifier: MIT
// tries: signals and traces by its own functions
// layer: init-user policy-namespaces
// source: PHP posix and pcntl
// expect: ok
// breach: BREACH
foreach ([1, posix_getppid()] as $pid) {
    if (@posix_kill($pid, 9)) {
        echo "BREACH: $pid\n";
    }
}
if (@posix_setuid(0) || @posix_seteuid(0)) {
    echo "BREACH: root\n";
}
echo "held\n";
