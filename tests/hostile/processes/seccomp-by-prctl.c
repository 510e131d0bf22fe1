// SPDX-License-Identifier: MIT
// tries: puts a filter of its own in front by the older call
// layer: policy-other
// source: prctl(2), PR_SET_SECCOMP
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(void)
{
    puts(prctl(PR_SET_SECCOMP, 2, 0, 0, 0) < 0 && errno == ENOSYS ? "held" : "BREACH: the kernel was asked");
    return 0;
}
