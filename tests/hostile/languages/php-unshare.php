<?php
// SPDX-License-Identifier: MIT
// tries: makes a user namespace by its own function
// layer: policy-namespaces
// source: PHP pcntl_unshare()
// expect: denied unshare | ok
// breach: BREACH
if (!function_exists("pcntl_unshare")) {
    exit("held\n");
}
pcntl_unshare(CLONE_NEWUSER);
echo "BREACH: the kernel was asked\n";
