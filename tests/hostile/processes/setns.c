// SPDX-License-Identifier: MIT
// tries: enters another namespace
// layer: policy-setns
// source: setns(2)
// expect: denied setns
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_setns, open("/proc/1/ns/net", O_RDONLY), 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
