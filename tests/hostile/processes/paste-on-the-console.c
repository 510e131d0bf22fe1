// SPDX-License-Identifier: MIT
// tries: pastes a command on the console
// layer: policy-ioctl session
// source: TIOCLINUX; CVE-2023-28100 of flatpak
// expect: denied ioctl
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

int main(void)
{
    ioctl(1, 0x541c, "\3");
    puts("BREACH: the kernel was asked");
    return 0;
}
