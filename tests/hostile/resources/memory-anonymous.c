// SPDX-License-Identifier: MIT
// tries: takes memory for ever
// layer: cgroup-memory
// source: malloc(3)
// expect: out_of_memory
// limits: memory=24M
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
    for (size_t n = 0; n < 256; n++)
        memset(malloc(1 << 20), 1, 1 << 20);
    puts("BREACH: 256 MiB");
    return 0;
}
