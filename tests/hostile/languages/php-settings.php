<?php
// SPDX-License-Identifier: MIT
// tries: loosens its own settings
// layer: cgroup-memory
// source: PHP ini_set(), memory_limit
// expect: out_of_memory
// limits: memory=48M
// breach: BREACH
ini_set("memory_limit", "-1");
ini_set("open_basedir", "");
set_time_limit(0);
$a = [];
while (count($a) < 200) {
    $a[] = str_repeat("x", 1 << 20);
}
echo "BREACH: 200 MiB\n";
