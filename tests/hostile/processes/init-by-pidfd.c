// SPDX-License-Identifier: MIT
// tries: sends a signal to the process in front of it by a descriptor
// layer: init-user
// source: pidfd_send_signal(2)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Is there no other id than ours? Then PID 1 is ours too: the kernel takes the signal, and drops it. */
static int is_the_same(void)
{
    FILE *map = fopen("/proc/self/uid_map", "r");
    unsigned first, outside, count, more;

    return map && fscanf(map, "%u %u %u %u", &first, &outside, &count, &more) == 3 && first == getuid() && count == 1;
}

int main(void)
{
    int fd = (int)syscall(SYS_pidfd_open, 1, 0), is_sent = 0;

    /* It becomes who it is when the program has begun; and had it been ended, this would not go on. */
    for (int i = 0; i < 100; i++) {
        is_sent |= fd >= 0 && syscall(SYS_pidfd_send_signal, fd, 9, 0, 0) == 0;
        usleep(2000);
    }
    puts(is_sent && !is_the_same() ? "BREACH: it was sent" : "held");
    return 0;
}
