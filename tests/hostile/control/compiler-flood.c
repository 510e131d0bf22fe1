// SPDX-License-Identifier: MIT
// tries: makes the compiler write without end
// layer: output
// source: gcc(1): notes of macros
// expect: compile_failed output_limit
// breach: BREACH
#define A(x) x x x x x x x x x x
#define B(x) A(A(A(A(x))))
B(_Static_assert(0, "no");)
