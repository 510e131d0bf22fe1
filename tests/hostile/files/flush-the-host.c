// SPDX-License-Identifier: MIT
// tries: flushes the host's disk and journal, through files that it may only read
// layer: policy-host-files
// source: fsync(2), sync_file_range(2), msync(2): none of them asks for the right to write
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* Calls that the kernel refuses, whatever the file: 0 comes only from somebody who did not ask it. */
int main(void)
{
    int fd = open("/usr/bin/env", O_RDONLY), ends[2];
    char *page = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);

    if (fd < 0 || page == MAP_FAILED || pipe(ends) < 0)
        return 1;
    if (fsync(ends[0]) < 0 || fdatasync(ends[0]) < 0)
        puts("BREACH: fsync");
    if (syncfs(-1) < 0)
        puts("BREACH: syncfs");
    if (sync_file_range(ends[0], 0, 0, SYNC_FILE_RANGE_WRITE) < 0)
        puts("BREACH: sync_file_range");
    if (msync(page + 1, 1, MS_SYNC) < 0)
        puts("BREACH: msync");
    puts(fsync(fd) == 0 && fdatasync(fd) == 0 && syncfs(fd) == 0 && msync(page, 4096, MS_SYNC) == 0 ? "held" : "odd");
    return 0;
}
