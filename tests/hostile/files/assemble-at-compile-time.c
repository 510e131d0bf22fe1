// SPDX-License-Identifier: MIT
// tries: has the assembler put a file of the host into the program
// layer: root
// source: as(1), .incbin
// expect: compile_failed failed
// breach: BREACH
#include <stdio.h>

__asm__(".section .rodata\nsecret: .incbin \"@DIR@/secret\"\n.byte 0\n.text");
extern const char secret[];

int main(void)
{
    printf("BREACH: %s\n", secret);
    return 0;
}
