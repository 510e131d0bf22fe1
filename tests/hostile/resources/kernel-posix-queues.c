// SPDX-License-Identifier: MIT
// tries: makes a message queue of POSIX
// layer: policy-other rlimit-msgqueue
// source: mq_overview(7)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    long r = syscall(SYS_mq_open, "/x", O_CREAT | O_RDWR, 0600, NULL);

    puts(r < 0 && errno == ENOSYS ? "held" : "BREACH: the kernel was asked");
    return 0;
}
