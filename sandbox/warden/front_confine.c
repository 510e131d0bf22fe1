/* SPDX-License-Identifier: MIT */
/* The confinement of the front. */
#include "sandbox/warden/front_confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/layer_off.h"
#include "sandbox/cell/ids.h"
#include "sandbox/inside/filesystem.h"
#include "sandbox/inside/identity.h"

static int empty_root(const char *directory)
{
    static const struct filesystem_option options[] = {
        {"mode", "0555"}, {"size", "4k"}, {"nr_inodes", "2"}, {NULL, NULL}};
    _cleanup_(fd_closep) int fd = -1;
    int r;

    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
        return -errno;
    fd = filesystem_new("tmpfs", options,
                        MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC);
    if (fd < 0)
        return fd;
    r = filesystem_attach(fd, AT_FDCWD, directory);
    if (r < 0)
        return r;
    /* Its own root below itself, and then the old one away: pivot_root(2), pivot_root(".", "."). */
    if (fchdir(fd) < 0 || syscall(SYS_pivot_root, ".", ".") < 0 || umount2(".", MNT_DETACH) < 0)
        return -errno;
    return chdir("/") < 0 ? -errno : 0;
}

/* Closes the descriptors above @low and below @high. */
static int close_between(int low, unsigned int high)
{
    unsigned int first = (unsigned int)low + 1;

    return first < high && close_range(first, high - 1, 0) < 0 ? -errno : 0;
}

/* Standard input and output are nothing, because they can be a terminal, or a file of the operator. */
static int close_others(const struct front_fds *keep)
{
    int high = keep->warden > keep->status ? keep->warden : keep->status;
    int low = keep->status < 0 ? high : keep->warden + keep->status - high;
    _cleanup_(fd_closep) int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    int r;

    /* Descriptors up to standard error are open, so this one is above them. */
    if (nothing <= STDERR_FILENO || dup2(nothing, STDIN_FILENO) < 0 || dup2(nothing, STDOUT_FILENO) < 0)
        return nothing < 0 ? -errno : -EBADF;
    fd_closep(&nothing);
    if (low <= STDERR_FILENO)
        return -EINVAL;
    r = close_between(STDERR_FILENO, (unsigned int)low);
    if (r == 0)
        r = close_between(low, (unsigned int)high);
    return r < 0 ? r : close_between(high, ~0U);
}

static int lower(const struct identity *identity, uid_t uid)
{
    int r = identity_lower(identity);

    if (r == 0)
        r = identity_drop(uid);
    return r < 0 ? r : identity_verify(identity, uid);
}

int front_confine(pid_t parent, const char *directory, const struct front_fds *keep)
{
    const struct rlimit none = {0, 0};
    const uid_t uid = ids_front();
    struct identity identity;
    int r;

    if (layer_off("front"))
        return 0;
    /* Reads /proc, which the empty root does not have. */
    ids_prepare(&identity);
    if (unshare(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS) < 0)
        return -errno;
    r = close_others(keep);
    if (r == 0)
        r = empty_root(directory);
    if (r == 0)
        r = lower(&identity, uid);
    if (r < 0)
        return r;
    if (setrlimit(RLIMIT_CORE, &none) < 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
        return -errno;
    /* A change of the user ID clears it: prctl(2). */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
        return -errno;
    return getppid() == parent ? 0 : -ESRCH;
}

/* The calls of libevent's loop, malloc, memfds, one thread that waits, and abort(3). */
static const int allowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(readv),
    SCMP_SYS(writev),
    SCMP_SYS(recvmsg),
    SCMP_SYS(recvfrom),
    SCMP_SYS(sendmsg),
    SCMP_SYS(sendto),
    SCMP_SYS(accept4),
    SCMP_SYS(shutdown),
    SCMP_SYS(close),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(lseek),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(epoll_pwait2),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(poll),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(memfd_create),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(getrandom),
    SCMP_SYS(timerfd_settime),
    SCMP_SYS(getsockopt),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(sched_yield),
    SCMP_SYS(rseq),
    SCMP_SYS(getsockname),
    SCMP_SYS(getpeername),
#ifdef __SANITIZE_ADDRESS__
    SCMP_SYS(sigaltstack), /* for a stack that the sanitizer's threads have */
#endif
};

/* Calls that are allowed with some arguments only: no memory that can be executed, no signal to another
 * process, no change of flags: the log and standard error are files to which it may only append. */
static int allow_some(scmp_filter_ctx context)
{
    static const uint64_t fcntls[] = {F_GETFD, F_SETFD, F_GETFL, F_ADD_SEALS, F_GET_SEALS};
    const struct scmp_arg_cmp no_exec = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    int r = seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_exec);

    if (r == 0)
        r = seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_exec);
    if (r == 0)
        r = seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                             SCMP_A0_32(SCMP_CMP_EQ, (uint32_t)getpid()));
    if (r == 0)
        r = seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, SCMP_A1_32(SCMP_CMP_EQ, FIONREAD));
    for (size_t i = 0; i < sizeof(fcntls) / sizeof(*fcntls) && r == 0; i++)
        r = seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1, SCMP_A1_32(SCMP_CMP_EQ, fcntls[i]));
    return r;
}

int front_filter(void)
{
    scmp_filter_ctx context;
    int r = 0;

    if (layer_off("front"))
        return 0;
    context = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!context)
        return -ENOMEM;
    for (size_t i = 0; i < sizeof(allowed) / sizeof(*allowed) && r == 0; i++)
        r = seccomp_rule_add(context, SCMP_ACT_ALLOW, allowed[i], 0);
    if (r == 0)
        r = allow_some(context);
    if (r == 0)
        r = seccomp_attr_set(context, SCMP_FLTATR_CTL_TSYNC, 1);
    if (r == 0)
        r = seccomp_load(context);
    seccomp_release(context);
    return r;
}
