// SPDX-License-Identifier: MIT
// tries: calls modify_ldt, which a newer or rarer part of the kernel answers
// layer: policy-other
// source: modify_ldt(2); CVE-2015-5157
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    long r = syscall(SYS_modify_ldt, 0, 0, 0);

    puts(r < 0 && errno == ENOSYS ? "held" : "BREACH: the kernel was asked");
    return 0;
}
