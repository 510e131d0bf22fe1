// SPDX-License-Identifier: MIT
// tries: takes more locks than it may by signals that come while a call waits for the count
// layer: policy-locks
// source: seccomp_unotify(2): a call that a signal ends is let go on, so that it ends as the handler's flags say
// expect: ok|cpu_timeout|timeout
// limits: cpu=8s wall=6s
// breach: BREACH
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/time.h>
#include <unistd.h>

static void note(int number)
{
    (void)number;
}

/* The descriptors of one file are many, and each holds a lock of its own. */
int main(void)
{
    const struct itimerval often = {{0, 200}, {0, 200}};
    struct sigaction action = {.sa_handler = note};
    int n = 0, file = -1;

    setvbuf(stdout, NULL, _IONBF, 0);
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    for (int i = 0; i < 20000; i++) {
        while (file < 0 && (file = open("/tmp/f", O_RDWR | O_CREAT, 0600)) < 0 && n < 900)
            ;
        if (file >= 0 && flock(file, LOCK_SH) == 0) {
            n++;
            file = -1;
        }
        if (n == 600) {
            puts("BREACH: 600 locks");
            return 0;
        }
    }
    printf("%d locks, held\n", n);
    return 0;
}
