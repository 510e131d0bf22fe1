// SPDX-License-Identifier: MIT
// tries: asks the compiler how old a file of the host is
// layer: root
// source: cpp(1), #pragma GCC dependency
// expect: compile_failed failed
// breach: BREACH
#include <stdio.h>

#pragma GCC dependency "@DIR@/open"

int main(void)
{
    puts("BREACH: it was seen");
    return 0;
}
