// SPDX-License-Identifier: MIT
// tries: looks for what an earlier run had in memory
// layer: policy
// source: mmap(2): anonymous pages are zero
// expect: ok
// runs: 2
// breach: BREACH
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

int main(void)
{
    size_t size = 32 << 20;
    unsigned char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    for (size_t at = 0; at < size; at++)
        if (memory[at]) {
            puts("BREACH: it was not empty");
            break;
        }
    memset(memory, 0xa5, size);
    puts("held");
    return 0;
}
