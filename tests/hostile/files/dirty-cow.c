// SPDX-License-Identifier: MIT
// tries: writes to a private mapping of a read-only file while it is dropped
// layer: read-only
// source: Dirty COW CVE-2016-5195
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
    int fd = open("/usr/bin/env", O_RDONLY), self = open("/proc/self/mem", O_RDWR);
    char *map = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0), before = map[1], now = 0;

    for (int n = 0; n < 2000; n++) {
        madvise(map, 4096, MADV_DONTNEED);
        if (self >= 0)
            pwrite(self, "x", 1, (off_t)(map + 1));
    }
    pread(fd, &now, 1, 1);
    puts(now == before ? "held" : "BREACH: a file of the host was changed");
    return 0;
}
