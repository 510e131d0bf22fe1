// SPDX-License-Identifier: MIT
// tries: takes the credentials of the process in front of it by its files in /proc
// layer: proc init-user
// source: proc(5): who is not dumpable is root's
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
    struct stat st;

    puts(stat("/proc/1", &st) < 0 ? "held" : "BREACH: it is seen");
    return 0;
}
