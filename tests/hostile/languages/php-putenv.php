<?php
// SPDX-License-Identifier: MIT
// tries: has another program load its library
// layer: noexec
// source: putenv("LD_PRELOAD"): the way around disable_functions
// expect: ok
// breach: BREACH
copy("/usr/lib/x86_64-linux-gnu/libc.so.6", "/tmp/own.so") || copy("/proc/self/exe", "/tmp/own.so");
putenv("LD_PRELOAD=/tmp/own.so");
$said = (string) shell_exec("/bin/true 2>&1; cat /proc/self/maps | grep -c 'r-xp.*own.so'");
echo (int) trim(strrchr("\n" . trim($said), "\n")) > 0 ? "BREACH: it was loaded\n" : "held\n";
