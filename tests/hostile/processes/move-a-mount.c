// SPDX-License-Identifier: MIT
// tries: moves a mount by the new calls
// layer: policy-mount
// source: move_mount(2)
// expect: denied move_mount
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_move_mount, -100, "/tmp", -100, "/box", 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
