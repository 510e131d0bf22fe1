// SPDX-License-Identifier: MIT
// tries: makes a node of the host's disk in its own directory
// layer: policy-other capabilities nodev
// source: mknod(2)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

int main(void)
{
    if (mknod("/tmp/disk", S_IFBLK | 0666, makedev(8, 0)) == 0)
        puts("BREACH: a node of a disk");
    if (mknod("/tmp/mem", S_IFCHR | 0666, makedev(1, 1)) == 0)
        puts("BREACH: a node of the memory");
    puts("held");
    return 0;
}
