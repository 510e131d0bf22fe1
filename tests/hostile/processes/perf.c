// SPDX-License-Identifier: MIT
// tries: measures the machine and others
// layer: policy-perf
// source: perf_event_open(2); CVE-2013-2094
// expect: denied perf_event_open
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_perf_event_open, 0, 0, -1, -1, 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
