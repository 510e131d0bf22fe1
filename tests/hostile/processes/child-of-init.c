// SPDX-License-Identifier: MIT
// tries: makes a child of the process in front of it out of its own
// layer: policy-namespaces
// source: clone(2), CLONE_PARENT
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    long r = syscall(SYS_clone, 0x8000 | 17, 0, 0, 0, 0);

    if (r == 0)
        _exit(0);
    puts(r < 0 ? "held" : "BREACH: it has a sibling");
    return 0;
}
