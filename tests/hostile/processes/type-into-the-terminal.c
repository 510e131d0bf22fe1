// SPDX-License-Identifier: MIT
// tries: types a command into the terminal of whoever called exrun
// layer: policy-ioctl session
// source: TIOCSTI; su CVE-2005-4890, snapd CVE-2019-7303
// expect: denied ioctl
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

int main(void)
{
    ioctl(0, TIOCSTI, "x");
    puts("BREACH: the kernel was asked");
    return 0;
}
