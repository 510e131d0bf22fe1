// SPDX-License-Identifier: MIT
// tries: takes all memory for what is assembled
// layer: cgroup-memory
// source: as(1), .rept and .p2align
// expect: compile_failed out_of_memory | compile_failed cpu_timeout | compile_failed timeout
// breach: BREACH
__asm__(".rept 300000\n.byte 1\n.p2align 12\n.endr\n");
int main(void)
{
    return 0;
}
