// SPDX-License-Identifier: MIT
// tries: asks for the number of a file
// layer: policy-other
// source: name_to_handle_at(2)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    long r = syscall(SYS_name_to_handle_at, -100, "/", "\10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", &(int){0}, 0);

    puts(r < 0 && errno == ENOSYS ? "held" : "BREACH: the kernel was asked");
    return 0;
}
