// SPDX-License-Identifier: MIT
// tries: has the kernel write a core, or start the host's handler of cores as root
// layer: rlimit-core
// source: core(5); CVE-2022-1328 and others of apport
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status;

    if (fork() == 0)
        abort();
    wait(&status);
    puts(WIFSIGNALED(status) && !WCOREDUMP(status) ? "held" : "BREACH: a core was dumped");
    return 0;
}
