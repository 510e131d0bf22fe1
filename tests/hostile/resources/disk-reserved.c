// SPDX-License-Identifier: MIT
// tries: reserves room without writing
// layer: disk
// source: fallocate(2)
// expect: ok
// limits: disk=4M
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    int fd = open("/tmp/f", O_CREAT | O_WRONLY, 0600);

    puts(fallocate(fd, 0, 0, 64 << 20) < 0 ? "held" : "BREACH: 64 MiB");
    return 0;
}
