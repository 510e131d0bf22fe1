// SPDX-License-Identifier: MIT
// tries: makes the compiler include itself
// layer: wall cgroup-memory
// source: cpp(1)
// expect: compile_failed
// breach: BREACH
#include "main.c"
