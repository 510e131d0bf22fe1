// SPDX-License-Identifier: MIT
// tries: makes the compiler read a device without end
// layer: cgroup-memory
// source: zero(4)
// expect: compile_failed out_of_memory
// breach: BREACH
#include "/dev/zero"
int main(void)
{
    return 0;
}
