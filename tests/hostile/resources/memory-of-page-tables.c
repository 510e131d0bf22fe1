// SPDX-License-Identifier: MIT
// tries: has the kernel make page tables without pages
// layer: cgroup-memory
// source: mmap(2), the zero page
// expect: out_of_memory
// limits: memory=24M
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
    for (int n = 0; n < 64; n++) {
        volatile char *map =
            mmap(NULL, 1UL << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

        madvise((void *)map, 1UL << 30, MADV_NOHUGEPAGE);
        for (size_t at = 0; at < 1UL << 30; at += 1 << 21)
            (void)map[at];
    }
    puts("BREACH: 64 GiB of address space");
    return 0;
}
