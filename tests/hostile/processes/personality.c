// SPDX-License-Identifier: MIT
// tries: turns off the chance in addresses
// layer: policy-other
// source: personality(2), ADDR_NO_RANDOMIZE
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    long r = syscall(SYS_personality, 0x0040000);

    puts(r < 0 && errno == ENOSYS ? "held" : "BREACH: the kernel was asked");
    return 0;
}
