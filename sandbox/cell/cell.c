/* SPDX-License-Identifier: MIT */
/* The life of one cell. */
#include "sandbox/cell/cell.h"

#include <errno.h>
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/layer_off.h"
#include "sandbox/cell/cell_start.h"
#include "sandbox/cell/cgroup_figures.h"
#include "sandbox/cell/ids.h"
#include "sandbox/cell/slot.h"
#include "sandbox/cell/start_send.h"
#include "sandbox/cell/workspace.h"
#include "sandbox/inside/init.h"

#define KILL_TIMEOUT_MS 5000
#define FIRST_PAUSE_NS 10000 /* between two looks at whether processes are left */
#define LONGEST_PAUSE_NS 1000000
#define MOST_MEMORY (UINT64_C(1) << 40) /* with a layer off */
#define MOST_PROCESSES 10000
#define SLOTS_WITH_LARGE_PIPES 16

/* The ends of the pipes and of the socket that the cell takes over. */
struct ends {
    int control, streams[3];
};

static void ends_close(struct ends *ends)
{
    fd_closep(&ends->control);
    for (int i = 0; i < 3; i++)
        fd_closep(&ends->streams[i]);
}

/* Returns the user ID of the program. No other running cell uses it, unless exrun has only its own user
 * ID. */
static uid_t program_uid(const struct cell *cell)
{
    return layer_off("uid") ? 0 : ids_program(&cell->lease);
}

/* Some programs write without blocking, and lose what does not fit if they exit (Node), so large pipes are
 * better. But without CAP_SYS_RESOURCE, all pipes of a user together have at most 16,384 pages (pipe(7),
 * pipe-user-pages-soft), and further ones get two pages each. So only the first cells get large ones, which
 * take half of the pages. */
static int connect_ends(struct cell *cell, bool has_large_pipes, struct ends *ends)
{
    const bool is_large = has_large_pipes || cell->lease.slot < SLOTS_WITH_LARGE_PIPES;
    uid_t uid = program_uid(cell);
    int pair[2], r;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
        return -errno;
    cell->control = pair[0];
    ends->control = pair[1];
    r = fd_pipe_to_write(&cell->input, &ends->streams[0]);
    if (r < 0)
        return r;
    r = fd_pipe_to_read(&cell->output, &ends->streams[1], is_large);
    if (r < 0)
        return r;
    r = fd_pipe_to_read(&cell->errors, &ends->streams[2], is_large);
    if (r < 0)
        return r;
    /* If a program opens /dev/stdout or the like again, the kernel checks its access against the pipe's
     * owner. */
    for (int i = 0; i < 3; i++)
        if (fchown(ends->streams[i], uid, uid) < 0)
            return -errno;
    return 0;
}

static uint64_t namespaces(const struct root *root)
{
    return (root->namespace >= 0 ? 0 : CLONE_NEWNS) | (layer_off("pid-namespace") ? 0 : CLONE_NEWPID) |
           (layer_off("ipc-namespace") ? 0 : CLONE_NEWIPC) | (layer_off("uts-namespace") ? 0 : CLONE_NEWUTS);
}

/* Clones PID 1 into its own namespaces, apart from that of mounts if there is one for it to enter. Returns
 * only in exrun's process: 0, or -errno. PID 1 never returns. */
static int clone_init(struct cell *cell, struct inside *inside)
{
    int pidfd = -1;
    struct clone_args args = {
        /* The signal handlers of exrun's caller must not run in PID 1 (CLONE_CLEAR_SIGHAND: Linux 5.5). */
        .flags = namespaces(&inside->root) | CLONE_PIDFD | CLONE_CLEAR_SIGHAND,
        .pidfd = (uint64_t)(uintptr_t)&pidfd,
        /* No SIGCHLD, because otherwise the caller's handler, or its wait() for any child, would take PID
         * 1 for one of its own children. */
        .exit_signal = 0,
    };
    long pid;

    pid = syscall(SYS_clone3, &args, sizeof(args));
    if (pid == 0)
        init_main(inside);
    if (pid < 0)
        return -errno;
    cell->pidfd = pidfd;
    return 0;
}

static int fail_groups(const struct cell *cell, int r, struct fault *fault)
{
    return fault_set_index(fault, r == -EEXIST ? FAULT_GROUP_TAKEN : FAULT_GROUP, r, cell->lease.slot);
}

/* Sets the limits of the cell's groups. A build for tests can set higher limits than requested. */
static int limit_groups(const struct cell *cell, const struct limits *limits)
{
    struct limits set = *limits;

    if (layer_off("cgroup-memory"))
        set.memory_bytes = MOST_MEMORY;
    if (layer_off("cgroup-pids"))
        set.processes = MOST_PROCESSES;
    return cgroup_limit(&cell->cgroup, &set);
}

static int take_lease(struct cell *cell, const struct cell_config *config, struct fault *fault)
{
    struct kept *kept = config->kept;
    int r = 0;

    if (kept && kept->lease.fd < 0 && !kept->is_leased)
        slot_take(cell->tree, &kept->lease);
    if (kept && kept->lease.fd >= 0 && !kept->is_leased) {
        kept->is_leased = true;
        cell->lender = kept;
        cell->lease = kept->lease;
    } else {
        r = slot_take(cell->tree, &cell->lease);
    }
    if (r == LEASE_E_NONE_FREE)
        return fault_set(fault, FAULT_SLOTS, -EAGAIN);
    if (r < 0)
        return fault_set(fault, FAULT_LEASE, r);
    cell->workspace = workspace_make(config->limits.disk_bytes, config->may_exec);
    if (cell->workspace < 0)
        return fault_set(fault, FAULT_WORKSPACE, cell->workspace);
    return 0;
}

void cell_own_lease(struct cell *cell)
{
    struct kept *kept = cell->lender;

    if (!kept)
        return;
    cell->lender = NULL;
    kept->is_leased = false;
    kept->lease.fd = -1;
    slot_take(cell->tree, &kept->lease); /* otherwise, take_lease() tries again */
}

static void fill_etc(struct root *root)
{
    snprintf(root->passwd, sizeof(root->passwd), PLAN_USER ":x:%u:%u::" PLAN_HOME ":/bin/sh\n", root->uid,
             root->uid);
    snprintf(root->group, sizeof(root->group), PLAN_USER ":x:%u:\n", root->uid);
}

/* Enters the kept root if it is this cell's. */
static void use_template(const struct cell *cell, const struct cell_config *config, struct root *root)
{
    struct kept *kept = cell->lender;

    if (!kept)
        return;
    if (config->renews_root ? root_template_renew(&kept->root, root) == 0
                            : root_template_fits(&kept->root, root))
        root->template = kept->root.path;
    if (root->template) {
        root->namespace = kept->root.namespace;
        root->device = kept->root.device;
    }
}

static int make_inside(struct cell *cell, const struct cell_config *config, struct fault *fault)
{
    _cleanup_(ends_close) struct ends ends = {-1, {-1, -1, -1}};
    struct inside inside;
    int r = connect_ends(cell, config->has_large_pipes, &ends);

    if (r < 0)
        return fault_set(fault, FAULT_CLONE, r);
    inside = (struct inside){
        .root = {.base = cell->lease.runtime,
                 .namespace = -1,
                 .mounts = config->mounts,
                 .n_mounts = config->n_mounts,
                 .etc = config->etc,
                 .n_etc = config->n_etc,
                 .prepared = config->prepared,
                 .prepares = config->prepares,
                 .proc = {config->has_proc_files, config->limits.memory_bytes},
                 .workspace = cell->workspace,
                 .uid = program_uid(cell),
                 .host = root_namespace()},
        .filter = config->filter,
        .may_name_calls = config->may_name_calls,
        .program_uid = program_uid(cell),
        .init_uid = layer_off("init-user") ? program_uid(cell) : ids_init(&cell->lease),
        .may_exec = config->may_exec,
        .control = ends.control,
        .lease = cell->lease.fd,
        .has_plain_signals = config->kept != NULL,
        .network = config->kept && !config->has_own_network ? config->kept->network : -1,
        .fault = config->settings->fault,
        .streams = {ends.streams[0], ends.streams[1], ends.streams[2]},
    };
    for (int i = 0; i < N_RLIMITS; i++)
        inside.most[i] = (struct start_rlimit){rlimits_rows[i].resource, config->rlimits[i]};
    inside.listener = -1;
    ids_prepare(&inside.identity);
    fill_etc(&inside.root);
    use_template(cell, config, &inside.root);
    r = clone_init(cell, &inside);
    return r < 0 ? fault_set(fault, FAULT_CLONE, r) : 0;
}

static int make_groups(struct cell *cell, const struct cell_config *config, struct fault *fault)
{
    int joins[N_JOINS], r;
    char name[32];

    lease_cgroup_name(&cell->lease, name);
    r = cgroup_make(&cell->cgroup, cell->tree, name);
    if (r == 0)
        r = limit_groups(cell, &config->limits);
    if (r < 0)
        return fail_groups(cell, r, fault);
    cgroup_joins(&cell->cgroup, joins);
    r = start_send_joins(cell->control, joins);
    return r < 0 ? cell_fail_sent(r, fault) : 0;
}

int cell_make(struct cell *cell, const struct cell_config *config, struct fault *fault)
{
    int r;

    *cell = (struct cell)CELL_INIT;
    cell->tree = config->tree;
    cell->lease.n_ids = config->n_ids;
    cell->lease.runtime = config->settings->runtime;
    cell->limits = config->limits;
    timing_start(&cell->timing);
    r = take_lease(cell, config, fault);
    timing_mark(&cell->timing, TIMING_LEASE);
    if (r < 0)
        return r;
    r = make_inside(cell, config, fault);
    timing_mark(&cell->timing, TIMING_CLONE);
    if (r < 0)
        return r;
    /* PID 1 sets up its root at the same time. */
    r = make_groups(cell, config, fault);
    timing_mark(&cell->timing, TIMING_CGROUP);
    if (r < 0)
        return r;
    cell->state = CELL_MADE;
    return 0;
}

static int adjust(struct cell *cell, const struct limits *limits, struct fault *fault)
{
    int r = 0;

    if (limits->memory_bytes != cell->limits.memory_bytes || limits->processes != cell->limits.processes)
        r = limit_groups(cell, limits);
    if (r == -EBUSY)
        return fault_set(fault, FAULT_LIMIT_USED, r);
    if (r < 0)
        return fail_groups(cell, r, fault);
    if (limits->disk_bytes != cell->limits.disk_bytes)
        r = workspace_resize(cell->workspace, limits->disk_bytes);
    if (r < 0)
        return fault_set(fault, FAULT_WORKSPACE_SIZE, r);
    return 0;
}

int cell_adjust(struct cell *cell, const struct limits *limits, struct fault *fault)
{
    int r = adjust(cell, limits, fault);

    /* If something fails, it is not known which limits were set before. So the next call sets all of them. */
    cell->limits = r == 0 ? *limits : (struct limits){0};
    return r;
}

static int send_kill(const struct cell *cell)
{
    cgroup_kill(&cell->cgroup);
    return syscall(SYS_pidfd_send_signal, cell->pidfd, SIGKILL, NULL, 0) < 0 && errno != ESRCH ? -errno : 0;
}

int cell_stop(struct cell *cell)
{
    struct pollfd death = {.fd = cell->pidfd, .events = POLLIN};
    const uint64_t end_ns = timing_now_ns() + KILL_TIMEOUT_MS * UINT64_C(1000000);
    long pause_ns = FIRST_PAUSE_NS;
    int r;

    if (cell->pidfd < 0)
        return 0;
    r = send_kill(cell);
    if (r < 0)
        return r;
    /* The kernel kills and reaps all processes of a namespace before its PID 1 ends (pid_namespaces(7)),
     * whose own end takes another 0.2 ms. */
    while (!cgroup_is_empty(&cell->cgroup)) {
        r = ppoll(&death, 1, &(struct timespec){.tv_nsec = pause_ns}, NULL);
        if (timing_now_ns() >= end_ns)
            cell->state = CELL_STUCK;
        if (r > 0 || cell->state == CELL_STUCK || !cgroup_is_counted(&cell->cgroup))
            return cell_kill(cell);
        if (pause_ns < LONGEST_PAUSE_NS)
            pause_ns *= 2;
    }
    cell->state = CELL_STOPPED;
    return 0;
}

int cell_kill(struct cell *cell)
{
    struct pollfd death = {.fd = cell->pidfd, .events = POLLIN};
    siginfo_t info;
    int r;

    if (cell->pidfd < 0)
        return 0;
    r = cell->state == CELL_STOPPED ? 0 : send_kill(cell);
    if (r < 0)
        return r;
    do
        r = poll(&death, 1, cell->state == CELL_STUCK ? 0 : KILL_TIMEOUT_MS);
    while (r < 0 && errno == EINTR);
    if (r <= 0) {
        cell->state = CELL_STUCK;
        return -ETIMEDOUT;
    }
    while (waitid(P_PIDFD, (id_t)cell->pidfd, &info, WEXITED | __WALL) < 0 && errno == EINTR)
        ;
    /* The listener is closed only when all processes are dead, because a trapped syscall returns to its
     * program if its listener is closed. */
    fd_closep(&cell->listener);
    fd_closep(&cell->pidfd);
    cell->state = CELL_STOPPED;
    return 0;
}
