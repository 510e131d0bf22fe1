/* SPDX-License-Identifier: MIT */
/* A network namespace that the cells of one process share. */
#include "sandbox/cell/network.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>

#include "sandbox/base/cleanup.h"

#define NETWORK "/proc/thread-self/ns/net"

int network_make(void)
{
    _cleanup_(fd_closep) int own = open(NETWORK, O_RDONLY | O_CLOEXEC), made = -1;
    int r = 0;

    if (own < 0 || unshare(CLONE_NEWNET) < 0)
        return -errno;
    made = open(NETWORK, O_RDONLY | O_CLOEXEC);
    if (made < 0)
        r = -errno;
    /* The sockets of a process that stayed in it would show in the cells' /proc/self/net/unix. Without root,
     * there is no way back to the machine's network (setns(2)), so the process gets a third one. */
    if (setns(own, CLONE_NEWNET) < 0 && unshare(CLONE_NEWNET) < 0)
        r = -errno;
    return r < 0 ? r : fd_steal(&made);
}
