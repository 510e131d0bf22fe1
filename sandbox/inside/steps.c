/* SPDX-License-Identifier: MIT */
/* The steps between clone and exec. */
#include "sandbox/inside/steps.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/ioprio.h>
#include <linux/keyctl.h>
#include <linux/mempolicy.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "config.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/layer_off.h"
#include "sandbox/base/scheduling.h"
#include "sandbox/inside/landlock.h"
#include "sandbox/inside/policy_load.h"
#include "sandbox/inside/release.h"
#include "sandbox/inside/report.h"
#include "sandbox/plan/plan.h"

#ifndef PR_SET_MEMORY_MERGE
#define PR_SET_MEMORY_MERGE 67 /* linux/prctl.h of Linux 6.4 */
#endif

#define DEFAULT_TIMER_SLACK_NS 50000UL /* prctl(2), PR_SET_TIMERSLACK */
#define FIRST_COPY 16                  /* above every number that is assigned below */

/* Sets the login ID to the program's user ID. A process without a login ID may choose one, once, for the
 * host's audit log (kernel/auditsc.c, audit_set_loginuid_perm). EPERM: the caller has a login ID already,
 * which stays. Returns 0 or -errno. */
static int own_login(uid_t uid)
{
    char digits[16], *at = digits + sizeof(digits) - 1;
    int r;

    *at = '\0';
    do
        *--at = (char)('0' + uid % 10);
    while (uid /= 10);
    r = fd_write_file(AT_FDCWD, "/proc/self/loginuid", at);
    return r == -EPERM || r == -ENOENT ? 0 : r;
}

static int inside_names(struct inside *inside)
{
    if (sethostname(PLAN_HOST, strlen(PLAN_HOST)) < 0 || setdomainname("", 0) < 0)
        return -errno;
    if (setsid() < 0)
        return -errno;
    if (syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL) < 0 && errno != ENOSYS)
        return -errno;
    umask(022);
    return own_login(inside->program_uid);
}

/* Resets attributes that the kernel passes on through clone and exec. Otherwise a program would have a higher
 * or lower priority, or predictable addresses (personality(2)), because its caller has. A caller that wants
 * all cells on some CPUs can use cpusets. EPERM, EACCES: without CAP_SYS_NICE no process gets more than it
 * has. Returns 0 or -errno. */
static int inside_scheduling(struct inside *inside)
{
    unsigned char all[CPU_SETSIZE / 8];
    int r = scheduling_be_usual();

    (void)inside;
    memset(all, 0xff, sizeof(all));
    if (r < 0 && r != -EPERM)
        return r;
    if (setpriority(PRIO_PROCESS, 0, 0) < 0 && errno != EACCES && errno != EPERM)
        return -errno;
    if (syscall(SYS_sched_setaffinity, 0, sizeof(all), all) < 0 ||
        syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, 0, 0) < 0)
        return -errno;
    if (syscall(SYS_set_mempolicy, MPOL_DEFAULT, NULL, 0) < 0 && errno != ENOSYS)
        return -errno;
    if (prctl(PR_SET_TIMERSLACK, DEFAULT_TIMER_SLACK_NS, 0, 0, 0) < 0 ||
        prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0) < 0)
        return -errno;
    /* The duration of a write to a page reveals whether it was merged with another program's page, and ksm(7)
     * is for programs that trust each other. EINVAL: the kernel does not support merging. */
    if (prctl(PR_SET_MEMORY_MERGE, 0, 0, 0, 0) < 0 && errno != EINVAL)
        return -errno;
    return personality(PER_LINUX) < 0 ? -errno : 0;
}

/* The clone does not create the network, because that takes the kernel a long time. Here the outside can do
 * its own work in the meantime. */
static int inside_network(struct inside *inside)
{
    if (inside->network >= 0)
        return setns(inside->network, CLONE_NEWNET) < 0 ? -errno : 0;
    return unshare(CLONE_NEWNET) < 0 ? -errno : 0;
}

/* "0" is the writer itself. The kernel checks the permission of the process that opened the file. */
static int inside_cgroup(struct inside *inside)
{
    for (int join = JOIN_TASKS; join < N_JOINS; join++)
        if (inside->joins[join] >= 0 && write(inside->joins[join], "0", 1) != 1)
            return -errno;
    return 0;
}

/* This must come after the groups were joined, so that they are the roots that the program sees in
 * /proc/self/cgroup. */
static int inside_cgroup_view(struct inside *inside)
{
    (void)inside;
    return unshare(CLONE_NEWCGROUP) < 0 ? -errno : 0;
}

static int inside_root(struct inside *inside)
{
    return root_enter(&inside->root);
}

static int move_up(int *fd)
{
    if (*fd < 0)
        return 0;
    *fd = fcntl(*fd, F_DUPFD_CLOEXEC, FIRST_COPY);
    return *fd < 0 ? -errno : 0;
}

static int move_down(int *fd, int *next)
{
    if (*fd < 0)
        return 0;
    if (dup3(*fd, *next, O_CLOEXEC) < 0)
        return -errno;
    *fd = (*next)++;
    return 0;
}

/* Makes 0, 1 and 2 the program's streams. Keeps the descriptors that PID 1 needs, and closes all others. */
static int inside_fds(struct inside *inside)
{
    int *kept[] = {&inside->control, &inside->lease};
    const size_t n_kept = sizeof(kept) / sizeof(*kept);
    int next = 3, r;

    for (size_t i = 0; i < 3; i++)
        if ((r = move_up(&inside->streams[i])) < 0)
            return r;
    for (size_t i = 0; i < n_kept; i++)
        if ((r = move_up(kept[i])) < 0)
            return r;
    for (int i = 0; i < 3; i++)
        if (dup2(inside->streams[i], i) < 0)
            return -errno;
    for (size_t i = 0; i < n_kept; i++)
        if ((r = move_down(kept[i], &next)) < 0)
            return r;
    return !layer_off("fds") && close_range((unsigned int)next, ~0U, 0) < 0 ? -errno : 0;
}

static int inside_lower(struct inside *inside)
{
    return identity_lower(&inside->identity);
}

void inside_reset_signals(void)
{
    /* Calls the kernel directly, with the kernel's struct and its size of a signal set (rt_sigaction(2)),
     * because libc refuses to change the signals 32 and 33. */
    const struct {
        uintptr_t handler, flags, restorer;
        uint64_t mask;
    } plain = {0};

    for (int number = 1; number < NSIG; number++)
        syscall(SYS_rt_sigaction, number, &plain, NULL, sizeof(plain.mask));
}

/* CLONE_CLEAR_SIGHAND has removed the handlers, but signals that were ignored still are. */
static int inside_session(struct inside *inside)
{
    const struct sigaction ignored = {.sa_handler = SIG_IGN};
    sigset_t none;

    if (setsid() < 0)
        return -errno;
    if (!inside->has_plain_signals)
        inside_reset_signals();
    /* If a file grows too large, its writer gets an error instead of being killed. */
    sigaction(SIGXFSZ, &ignored, NULL);
    sigemptyset(&none);
    return sigprocmask(SIG_SETMASK, &none, NULL) < 0 ? -errno : 0;
}

static int inside_oom(struct inside *inside)
{
    (void)inside;
    return fd_write_file(AT_FDCWD, "/proc/self/oom_score_adj", "1000");
}

/* Raises the hard limits that are too low for any start message, while the process has the power to do so.
 * Lowers nothing. */
static int inside_most_rlimits(struct inside *inside)
{
    for (int i = 0; i < N_RLIMITS; i++) {
        __rlimit_resource_t resource = (__rlimit_resource_t)inside->most[i].resource;
        struct rlimit limit;

        if (getrlimit(resource, &limit) < 0)
            return -errno;
        if (limit.rlim_max >= inside->most[i].value)
            continue;
        limit.rlim_max = inside->most[i].value;
        if (setrlimit(resource, &limit) < 0)
            return -errno;
    }
    return 0;
}

/* Lowers the limits. Without power they can't be raised. */
static int inside_rlimits(struct inside *inside)
{
    return release_rlimits(inside->start);
}

static int inside_program_user(struct inside *inside)
{
    int r = identity_drop(inside->program_uid);

    return r < 0 ? r : identity_verify_clone(&inside->identity, inside->program_uid);
}

static int inside_init_user(struct inside *inside)
{
    int r = identity_drop(inside->init_uid);

    return r < 0 ? r : identity_verify(&inside->identity, inside->init_uid);
}

/* Has the kernel kill this process when the outside dies. The kernel clears this signal when the user ID
 * changes (prctl(2)). If the outside died before the signal was set, the outside's end of the socket is
 * closed. Returns 0, -EPIPE if so, or another -errno. */
static int inside_tether(struct inside *inside)
{
    struct pollfd peer = {.fd = inside->control};

    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
        return -errno;
    if (poll(&peer, 1, 0) < 0)
        return -errno;
    return peer.revents & POLLHUP ? -EPIPE : 0;
}

static int inside_files(struct inside *inside)
{
    return release_files(inside->start);
}

static int inside_outputs(struct inside *inside)
{
    return release_outputs(inside->start);
}

static int inside_landlock(struct inside *inside)
{
    return landlock_enter(&inside->root, inside->may_exec);
}

static int inside_policy(struct inside *inside)
{
    int listener;

    if (!inside->filter || layer_off("policy"))
        return 0;
    listener = policy_load(inside->filter, inside->may_name_calls);
    if (inside->may_name_calls)
        inside->listener = listener;
    return listener < 0 ? listener : 0;
}

static int inside_exec(struct inside *inside)
{
    return release_exec(inside->control, inside->start);
}

const struct inside_step inside_steps[N_STEPS] = {
    /* Before any page of the program is touched, so that all of them are charged to its groups. */
    [STEP_CGROUP] = {"cgroup", PHASE_SETTLE, inside_cgroup,
                     "use of CPU, memory and processes beyond the limits"},
    [STEP_CGROUP_VIEW] = {"cgroup_view", PHASE_SETTLE, inside_cgroup_view, "seeing the path of its cgroup"},
    [STEP_NAMES] = {"names", PHASE_MAKE, inside_names,
                    "seeing the host's name, and the caller's session, login and keys"},
    [STEP_SCHEDULING] = {"scheduling", PHASE_MAKE, inside_scheduling,
                         "running with the caller's priority, CPUs and personality"},
    [STEP_NETWORK] = {"network", PHASE_MAKE, inside_network, "access to the network"},
    [STEP_ROOT] = {"root", PHASE_MAKE, inside_root, "access to the host's files"},
    /* After the root, which needs the workspace's descriptor. */
    [STEP_FDS] = {"fds", PHASE_MAKE, inside_fds, "use of exrun's descriptors"},
    [STEP_LOWER] = {"lower", PHASE_MAKE, inside_lower, "use of capabilities that no later step needs"},
    [STEP_SESSION] = {"session", PHASE_SETTLE, inside_session,
                      "access to the caller's terminal; signals that the caller blocks or ignores"},
    [STEP_OOM] = {"oom", PHASE_SETTLE, inside_oom, "other processes being killed because of its memory"},
    [STEP_MOST_RLIMITS] = {"most_rlimits", PHASE_SETTLE, inside_most_rlimits,
                           "running with the limits of exrun's caller"},
    [STEP_PROGRAM_USER] = {"program_user", PHASE_SETTLE, inside_program_user,
                           "use of root's ID, capabilities and setuid files"},
    [STEP_INIT_USER] = {"init_user", PHASE_WATCH, inside_init_user, "use of PID 1's privileges"},
    /* After the identity, which clears the signal. */
    [STEP_TETHER] = {"tether", PHASE_MAKE | PHASE_WATCH, inside_tether, "processes that outlive exrun"},
    /* It needs no-new-privs, which "lower" has set. */
    [STEP_LANDLOCK] = {"landlock", PHASE_SETTLE, inside_landlock,
                       "access to files, a second time, if the kernel has Landlock"},
    /* Last of the process's own steps: it forbids the syscalls of the steps above, and permits those of the
     * steps below. */
    [STEP_POLICY] = {"policy", PHASE_SETTLE, inside_policy, "system calls that are not on the list"},
    [STEP_RLIMITS] = {"rlimits", PHASE_RELEASE, inside_rlimits,
                      "core dumps, large files, too many open files"},
    [STEP_OUTPUTS] = {"outputs", PHASE_RELEASE, inside_outputs, "nothing; it can join stderr to stdout"},
    [STEP_FILES] = {"files", PHASE_RELEASE, inside_files, "writing the visitor's files with privileges"},
    [STEP_EXEC] = {"exec", PHASE_RELEASE, inside_exec, "nothing; this step starts the program"},
};

#if EXRUN_FAULTS

/* "hang:STEP" hangs forever instead of failing. */
static bool is_fault(const struct inside *inside, unsigned int step)
{
    static const char hang[] = "hang:";
    bool hangs = inside->fault && strncmp(inside->fault, hang, sizeof(hang) - 1) == 0;
    const char *name = hangs ? inside->fault + sizeof(hang) - 1 : inside->fault;
    bool is = name && strcmp(name, inside_steps[step].name) == 0;

    if (is && hangs)
        for (;;)
            pause();
    return is;
}

#else

static bool is_fault(const struct inside *inside, unsigned int step)
{
    (void)inside;
    (void)step;
    return false;
}

#endif

/* Returns true if a test has disabled the step. A cell can't exist without two of them, so those are only
 * disabled in part, inside their functions. */
static bool is_missing(unsigned int step)
{
    return step != STEP_ROOT && step != STEP_FDS && layer_off(inside_steps[step].name);
}

int inside_take(struct inside *inside, enum inside_phase phase, unsigned int *ret_step)
{
    for (unsigned int step = 0; step < N_STEPS; step++) {
        int r;

        if (!(inside_steps[step].phases & phase) || is_missing(step))
            continue;
        r = is_fault(inside, step) ? -EIO : inside_steps[step].take(inside);
        if (r < 0) {
            *ret_step = step;
            return r;
        }
    }
    return 0;
}
