// SPDX-License-Identifier: MIT
// tries: looks for every process that it can see by a signal, and counts
// layer: pid-namespace
// source: kill(2): EPERM tells that there is one; pid_namespaces(7)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    int n = 0;

    for (pid_t pid = 1; pid < 70000; pid++)
        n += kill(pid, 0) == 0 || errno == EPERM;
    puts(n <= 2 ? "held" : "BREACH: it sees others");
    return 0;
}
