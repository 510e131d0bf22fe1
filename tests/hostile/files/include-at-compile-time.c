// SPDX-License-Identifier: MIT
// tries: has the compiler include a file of the host
// layer: root
// source: gcc(1): a message quotes the line
// expect: compile_failed failed
// breach: EXRUN_AUDIT
#include "@DIR@/secret"
#include "/proc/1/environ"
int main(void)
{
    return 0;
}
