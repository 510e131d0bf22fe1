// SPDX-License-Identifier: MIT
// tries: takes all memory for what is assembled
// layer: cgroup-memory
// source: as(1), .rept
// expect: compile_failed out_of_memory
// breach: BREACH
asm(".rept 1000000000\n.long 1\n.endr\n");
int main() {}
