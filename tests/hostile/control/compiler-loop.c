// SPDX-License-Identifier: MIT
// tries: makes the compiler read itself for ever, twice each time
// layer: output
// source: cpp(1)
// expect: compile_failed output_limit
// breach: BREACH
#include "main.c"
#include "main.c"
