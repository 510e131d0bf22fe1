// SPDX-License-Identifier: MIT
// tries: clones a mount by the new calls
// layer: policy-mount
// source: open_tree(2)
// expect: denied open_tree
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_open_tree, -100, "/", 1);
    puts("BREACH: the kernel was asked");
    return 0;
}
