// SPDX-License-Identifier: MIT
// tries: restarts the machine, by a call that can't succeed
// layer: policy-admin
// source: reboot(2), with no magic number
// expect: denied reboot
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_reboot, 0, 0, 0, 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
