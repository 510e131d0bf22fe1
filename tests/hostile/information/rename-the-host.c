// SPDX-License-Identifier: MIT
// tries: gives the host another name
// layer: policy-other uts-namespace
// source: sethostname(2)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    puts(sethostname("hostile", 7) < 0 && errno == EPERM ? "held" : "BREACH: it has another name");
    return 0;
}
