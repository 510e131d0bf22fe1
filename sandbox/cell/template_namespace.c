/* SPDX-License-Identifier: MIT */
/* A mount namespace that contains a template's root and nothing of the host beside it. */
#include "sandbox/cell/template_namespace.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/inside/filesystem.h"
#include "sandbox/inside/report.h"
#include "sandbox/inside/root.h"

/* Does for a trial what a cell does: clones a part of a tree that is not attached, and makes a /proc. */
static int try_a_cell(void)
{
    static const struct filesystem_option none[] = {{NULL, NULL}};
    _cleanup_(fd_closep) int tree = root_new(), part = -1, proc = -1;

    if (tree < 0)
        return tree;
    part = open_tree(tree, "", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH);
    if (part < 0)
        return -errno;
    proc = filesystem_new("proc", none, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC);
    return proc < 0 ? proc : 0;
}

/* Makes the calling process's namespace the one that is wanted. */
static int leave_the_host(const char *path)
{
    _cleanup_(fd_closep) int root = open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int r;

    if (root < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
        return -errno;
    r = root_leave_old(root);
    return r < 0 ? r : try_a_cell();
}

static void __attribute__((noreturn)) be_maker(const char *path, int socket)
{
    /* While there is a /proc. */
    int namespace = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
    struct init_report report = {.event = INIT_READY};
    int r = namespace < 0 ? -errno : leave_the_host(path);

    if (r < 0)
        report = (struct init_report){.event = INIT_FAILED, .error = -r};
    report_send(socket, &report, r < 0 ? -1 : namespace);
    _exit(0);
}

/* A process of its own makes it, so that the calling one is never anywhere else than at home. */
static int clone_maker(const char *path, int sockets[2], pid_t *ret_pid)
{
    struct clone_args args = {.flags = CLONE_NEWNS | CLONE_CLEAR_SIGHAND, .exit_signal = 0};
    long pid = syscall(SYS_clone3, &args, sizeof(args));

    if (pid == 0)
        be_maker(path, sockets[1]);
    *ret_pid = (pid_t)pid;
    return pid < 0 ? -errno : 0;
}

int template_namespace_make(const char *path)
{
    _cleanup_(fd_closep) int ours = -1, theirs = -1;
    struct init_report report = {.event = INIT_FAILED};
    int pair[2], namespace = -1, r;
    pid_t pid;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
        return -errno;
    ours = pair[0];
    theirs = pair[1];
    r = clone_maker(path, pair, &pid);
    if (r < 0)
        return r;
    fd_closep(&theirs);
    r = report_receive(ours, &report, &namespace);
    while (waitpid(pid, NULL, __WALL) < 0 && errno == EINTR)
        ;
    if (r == 0 && report.event == INIT_READY && namespace >= 0)
        return namespace;
    fd_closep(&namespace);
    return r < 0 ? r : -(report.error > 0 ? report.error : EPROTO);
}
