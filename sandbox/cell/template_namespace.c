/* SPDX-License-Identifier: MIT */
/* A mount namespace that contains a template's root and nothing of the host beside it. */
#include "sandbox/cell/template_namespace.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/inside/filesystem.h"
#include "sandbox/inside/report.h"
#include "sandbox/inside/root.h"

#define PATIENCE_MS 2000 /* it takes less than 1 ms */

/* The process that makes the namespace. */
struct maker {
    pid_t pid;
    int pidfd, socket;
};

static void maker_end(struct maker *maker)
{
    fd_closep(&maker->socket);
    if (maker->pidfd < 0)
        return;
    syscall(SYS_pidfd_send_signal, maker->pidfd, SIGKILL, NULL, 0);
    while (waitpid(maker->pid, NULL, __WALL) < 0 && errno == EINTR)
        ;
    fd_closep(&maker->pidfd);
}

/* Closes all descriptors but the socket, and dies with the keeper. If that has died already, its end of the
 * socket is closed. */
static int be_tethered(int socket)
{
    struct pollfd peer = {.fd = socket};

    if ((socket > 0 && close_range(0, (unsigned int)socket - 1, 0) < 0) ||
        close_range((unsigned int)socket + 1, ~0U, 0) < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0 ||
        poll(&peer, 1, 0) < 0)
        return -errno;
    return peer.revents & POLLHUP ? -EPIPE : 0;
}

/* Does for a trial what a cell does: enters the namespace, takes a copy of it, clones a part of a tree that
 * is not attached, and makes a /proc. */
static int try_a_cell(int namespace, dev_t device)
{
    static const struct filesystem_option none[] = {{NULL, NULL}};
    _cleanup_(fd_closep) int tree = -1, part = -1, proc = -1;
    const struct root root = {.namespace = namespace, .device = device};
    int fd, r = root_enter_namespace(&root, &fd);

    if (r < 0)
        return r;
    close(fd);
    tree = root_new();
    if (tree < 0)
        return tree;
    part = open_tree(tree, "", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH);
    if (part < 0)
        return -errno;
    proc = filesystem_new("proc", none, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC);
    return proc < 0 ? proc : 0;
}

/* Makes the calling process's namespace, which it stores, the one that is wanted. */
static int leave_the_host(const char *path, dev_t device, int *ret_namespace)
{
    _cleanup_(fd_closep) int root = open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int r;

    *ret_namespace = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC); /* while there is a /proc */
    if (root < 0 || *ret_namespace < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
        return -errno;
    r = root_leave_old(root);
    return r < 0 ? r : try_a_cell(*ret_namespace, device);
}

static void __attribute__((noreturn)) be_maker(const char *path, dev_t device, int socket)
{
    struct init_report report = {.event = INIT_READY};
    int namespace = -1, r = be_tethered(socket);

    if (r == 0)
        r = leave_the_host(path, device, &namespace);
    if (r < 0)
        report = (struct init_report){.event = INIT_FAILED, .error = -r};
    report_send(socket, &report, r < 0 ? -1 : namespace);
    _exit(0);
}

/* A process of its own makes it, so that the calling one is never anywhere else than at home. */
static int clone_maker(const char *path, dev_t device, struct maker *ret)
{
    struct clone_args args = {.flags = CLONE_NEWNS | CLONE_CLEAR_SIGHAND | CLONE_PIDFD,
                              .pidfd = (uint64_t)(uintptr_t)&ret->pidfd};
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
        return -errno;
    ret->pid = (pid_t)syscall(SYS_clone3, &args, sizeof(args));
    if (ret->pid == 0)
        be_maker(path, device, pair[1]);
    close(pair[1]);
    ret->socket = pair[0];
    return ret->pid < 0 ? -errno : 0;
}

int template_namespace_make(const char *path, dev_t device)
{
    _cleanup_(maker_end) struct maker maker = {.pidfd = -1, .socket = -1};
    struct pollfd answer = {.events = POLLIN};
    struct init_report report;
    int namespace = -1, r = clone_maker(path, device, &maker);

    if (r < 0)
        return r;
    answer.fd = maker.socket;
    do
        r = poll(&answer, 1, PATIENCE_MS);
    while (r < 0 && errno == EINTR);
    if (r <= 0)
        return r < 0 ? -errno : -ETIMEDOUT;
    r = report_receive(maker.socket, &report, &namespace);
    if (r == 0 && report.event == INIT_READY && namespace >= 0)
        return namespace;
    fd_closep(&namespace);
    return r < 0 ? r : -(report.error > 0 ? report.error : EPROTO);
}
