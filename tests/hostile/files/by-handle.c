// SPDX-License-Identifier: MIT
// tries: opens files by numbers that it guesses, beside every path
// layer: policy-handles
// source: open_by_handle_at(2); "shocker", 2014
// expect: denied open_by_handle_at
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_open_by_handle_at, -100, 0, 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
