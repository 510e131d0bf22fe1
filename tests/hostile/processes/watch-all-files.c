// SPDX-License-Identifier: MIT
// tries: watches every file of a file system
// layer: policy-fanotify
// source: fanotify(7)
// expect: denied fanotify_init
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_fanotify_init, 0, 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
