// SPDX-License-Identifier: MIT
// tries: learns from the host's page cache who used what, evicts it, and reads its disk without it
// layer: policy-host-files
// source: Gruss et al., Page Cache Attacks (CCS 2019); preadv2(2), posix_fadvise(2), open(2) O_DIRECT, madvise(2)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static char *page;
static int fd;

static void try(const char *what, long r)
{
    if (r >= 0)
        printf("BREACH: %s\n", what);
}

/* A skipped call returns 0 even for arguments that the kernel refuses. */
static void try_skipped(const char *what, long r)
{
    if (r != 0)
        printf("BREACH: %s\n", what);
}

int main(void)
{
    static char bytes[8192] __attribute__((aligned(4096)));
    const struct iovec part = {bytes, 4096};

    fd = open("/usr/bin/env", O_RDONLY);
    page = mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, fd, 0);
    if (fd < 0 || page == MAP_FAILED || preadv2(fd, &part, 1, 0, 0) != 4096)
        return 1;
    for (int flag = 0; flag < 32; flag++)
        if (!(0x36U & 1U << flag)) /* RWF_DSYNC, SYNC, APPEND and NOAPPEND do nothing to a reader */
            try("preadv2", syscall(SYS_preadv2, fd, &part, 1, 0, 0, 1U << flag));
    try("preadv2 with upper bits", syscall(SYS_preadv2, fd, &part, 1, 0, 0, UINT64_C(0x700000008)));
    try("pwritev2", syscall(SYS_pwritev2, 1, &part, 0, -1, -1, 8));
    try("open with O_DIRECT", syscall(SYS_open, "/usr/bin/env", O_RDONLY | O_DIRECT));
    try("openat with O_DIRECT", openat(AT_FDCWD, "/usr/bin/env", O_RDONLY | O_DIRECT));
    try("openat with upper bits", syscall(SYS_openat, AT_FDCWD, "/usr/bin/env", UINT64_C(0x100000000) | O_DIRECT));
    try("fcntl with O_DIRECT", fcntl(fd, F_SETFL, O_DIRECT | O_NONBLOCK));
    try("fcntl with upper bits", syscall(SYS_fcntl, fd, UINT64_C(0x100000004), O_DIRECT));
    try("openat2", syscall(437, AT_FDCWD, "/usr/bin/env", (uint64_t[3]){O_RDONLY | O_DIRECT}, 24));
    try("readahead", readahead(fd, 0, 4096));
    try("cachestat", syscall(451, fd, (uint64_t[2]){0, 4096}, bytes, 0));
    try("mincore", mincore(page, 4096, (unsigned char *)bytes));
    try("MADV_COLD", madvise(page, 4096, 20));
    try("MADV_PAGEOUT", madvise(page, 4096, 21));
    try("MADV_COLLAPSE", madvise(page, 4096, 25));
    try("MADV_MERGEABLE", madvise(bytes, 4096, MADV_MERGEABLE));
    try_skipped("posix_fadvise", syscall(SYS_fadvise64, -1, 0, 0, POSIX_FADV_DONTNEED));
    try_skipped("MADV_WILLNEED", madvise(page + 1, 4096, MADV_WILLNEED));
    if (fcntl(fd, F_SETFL, O_NONBLOCK) < 0 || madvise(bytes, 4096, MADV_DONTNEED) < 0)
        puts("odd: too much was refused");
    puts("held");
    return 0;
}
