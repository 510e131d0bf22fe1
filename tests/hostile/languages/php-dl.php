<?php
// SPDX-License-Identifier: MIT
// tries: loads an extension of its own
// layer: noexec
// source: PHP dl()
// expect: ok
// breach: BREACH
copy("/proc/self/exe", "/tmp/own.so");
echo function_exists("dl") && @dl("/tmp/own.so") ? "BREACH: it was loaded\n" : "held\n";
