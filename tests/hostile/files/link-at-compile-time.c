// SPDX-License-Identifier: MIT
// tries: has the linker write over a file of the host by what it includes
// layer: root
// source: ld(1), INPUT and OUTPUT commands in comments of objects
// expect: compile_failed failed
// breach: BREACH
#include <stdio.h>

__asm__(".section .note.GNU-stack,\"\",@progbits\n.text");
#pragma GCC dependency "@DIR@/open"

int main(void)
{
    puts("BREACH: it was seen");
    return 0;
}
