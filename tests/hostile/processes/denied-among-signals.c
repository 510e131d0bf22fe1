// SPDX-License-Identifier: MIT
// tries: hides forbidden calls by signals that end each of them before the supervisor has read it
// layer: policy-trace
// source: seccomp_unotify(2): a signal ends the wait of a call that was not received yet
// expect: denied ptrace
// limits: cpu=20s wall=40s
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static void note(int number)
{
    (void)number;
}

int main(void)
{
    struct sigaction action = {.sa_handler = note};
    pid_t target = getpid(), storms[3];
    int interrupted = 0;

    sigaction(SIGUSR1, &action, NULL);
    for (int i = 0; i < 3; i++) {
        storms[i] = fork();
        while (storms[i] == 0)
            if (kill(target, SIGUSR1) < 0)
                _exit(0);
    }
    for (int i = 0; i < 3000; i++) {
        ptrace(PTRACE_ATTACH, storms[0], 0, 0);
        interrupted += errno == EINTR;
    }
    printf("BREACH: %d of 3000 calls were interrupted, and none was read\n", interrupted);
    for (int i = 0; i < 3; i++)
        kill(storms[i], SIGKILL);
    return 0;
}
