/* SPDX-License-Identifier: MIT */
/* The system call in which a thread sleeps. */
#include "sandbox/run/blocked_call.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd_read.h"

#define MOST_TEXT 4096

int blocked_call_read(pid_t thread, struct blocked_call *ret)
{
    _cleanup_(freep) char *text = NULL;
    char path[48], *end;
    int r;

    snprintf(path, sizeof(path), "/proc/%d/syscall", (int)thread);
    r = fd_read_file(AT_FDCWD, path, MOST_TEXT, &text, NULL);
    if (r < 0)
        return r == -ENOENT ? -ESRCH : r;
    ret->number = strtol(text, &end, 10);
    if (end == text) /* "running" */
        return -EAGAIN;
    for (int i = 0; i < 2; i++)
        ret->args[i] = strtoull(end, &end, 16);
    return 0;
}
