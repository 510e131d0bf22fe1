// SPDX-License-Identifier: MIT
// tries: makes the assembler work for ever
// layer: cgroup-cpu wall
// source: as(1), .rept
// expect: compile_failed cpu_timeout | compile_failed timeout
// breach: BREACH
__asm__(".rept 1000000\n.rept 1000000\n.endr\n.endr\n");
int main(void)
{
    return 0;
}
