// SPDX-License-Identifier: MIT
// tries: sends a signal to the process in front of it by a descriptor
// layer: init-user
// source: pidfd_send_signal(2)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    int fd = (int)syscall(SYS_pidfd_open, 1, 0);

    puts(fd < 0 || syscall(SYS_pidfd_send_signal, fd, 9, 0, 0) < 0 ? "held" : "BREACH: it was sent");
    return 0;
}
