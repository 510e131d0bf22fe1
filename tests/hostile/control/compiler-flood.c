// SPDX-License-Identifier: MIT
// tries: makes the compiler write without end
// layer: output
// source: gcc(1): messages of messages
// expect: compile_failed
// breach: BREACH
#define A(x) x x x x x x x x x x
#define B(x) A(A(A(A(x))))
int main(void)
{
    B(A(undefined_thing;)) return 0;
}
