/* SPDX-License-Identifier: MIT */
/* One cell's life. */
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
#include "sandbox/cell/cgroup_figures.h"
#include "sandbox/cell/ids.h"
#include "sandbox/cell/slot.h"
#include "sandbox/cell/start_send.h"
#include "sandbox/cell/workspace.h"
#include "sandbox/inside/init.h"

#define KILL_TIMEOUT_MS 5000
/* Beside the program's own time. A start takes 2 ms, and 0.1 s with 96 MiB of files. */
#define START_MS 10000
#define MOST_MEMORY (UINT64_C(1) << 40) /* with a layer off */
#define MOST_PROCESSES 10000

/* The ends of pipes and socket that the cell takes over. */
struct ends {
    int control, streams[3];
};

static void ends_close(struct ends *ends)
{
    fd_closep(&ends->control);
    for (int i = 0; i < 3; i++)
        fd_closep(&ends->streams[i]);
}

/* Whom the program is: nobody else's. */
static uid_t program_uid(const struct cell *cell)
{
    return layer_off("uid") ? 0 : lease_program_uid(&cell->lease);
}

static int connect_ends(struct cell *cell, struct ends *ends)
{
    uid_t uid = program_uid(cell);
    int pair[2], r;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
        return -errno;
    cell->control = pair[0];
    ends->control = pair[1];
    r = fd_pipe_to_write(&cell->input, &ends->streams[0]);
    if (r == 0)
        r = fd_pipe_to_read(&cell->output, &ends->streams[1]);
    if (r == 0)
        r = fd_pipe_to_read(&cell->errors, &ends->streams[2]);
    /* A program may open /dev/stdout and the like anew, and is judged by the pipe's owner then. */
    for (int i = 0; i < 3 && r == 0; i++)
        r = fchown(ends->streams[i], uid, uid) < 0 ? -errno : 0;
    return r;
}

static uint64_t namespaces(void)
{
    return CLONE_NEWNS | (layer_off("pid-namespace") ? 0 : CLONE_NEWPID) |
           (layer_off("ipc-namespace") ? 0 : CLONE_NEWIPC) | (layer_off("uts-namespace") ? 0 : CLONE_NEWUTS);
}

/* Clones PID 1 into namespaces of its own. Fails or returns in the outside only. */
static int clone_init(struct cell *cell, struct inside *inside)
{
    int pidfd = -1;
    struct clone_args args = {
        /* Handlers of whoever called us must not run in there (CLONE_CLEAR_SIGHAND: Linux 5.5). */
        .flags = namespaces() | CLONE_PIDFD | CLONE_CLEAR_SIGHAND,
        .pidfd = (uint64_t)(uintptr_t)&pidfd,
        /* No SIGCHLD: a caller's handler, or its wait() for anybody, would take our child for one of its own.
         */
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

int cell_fail(const struct cell *cell, struct fault *fault)
{
    const struct init_report *report = &cell->failed;

    fault_set(fault, FAULT_STEP, -report->error);
    if (fault)
        fault->step = (uint16_t)report->step;
    return -report->error;
}

/* What waits for reports of a cell. */
struct start_wait {
    bool starts;                       /* a program, and is not being made only */
    const struct cell_cancel *cancels; /* NULL: none */
    uint64_t begun_ns, most_ms;
};

/* Returns 0 if PID 1 has something to say or is gone, CELL_E_CANCELLED, or -ETIMEDOUT. */
static int wait_for_report(const struct cell *cell, const struct start_wait *wait)
{
    struct pollfd fds[1 + CELL_N_CANCELS] = {{.fd = cell->control, .events = POLLIN}};

    for (int i = 0; i < CELL_N_CANCELS; i++)
        fds[1 + i] = wait->cancels
                         ? (struct pollfd){.fd = wait->cancels[i].fd, .events = wait->cancels[i].events}
                         : (struct pollfd){.fd = -1};
    for (;;) {
        uint64_t waited_ms = (timing_now_ns() - wait->begun_ns) / 1000000;
        int r =
            waited_ms >= wait->most_ms ? 0 : poll(fds, 1 + CELL_N_CANCELS, (int)(wait->most_ms - waited_ms));

        if (r < 0 && errno != EINTR)
            return -errno;
        if (r == 0)
            return -ETIMEDOUT;
        if (r > 0 && fds[0].revents)
            return 0;
        if (r > 0)
            return CELL_E_CANCELLED;
    }
}

static int fail_time(const struct start_wait *wait, struct fault *fault)
{
    return fault_set_index(fault, wait->starts ? FAULT_TIME_START : FAULT_TIME_MAKING, -ETIMEDOUT,
                           wait->most_ms / 1000);
}

/* Takes the next report of what is not yet watched. */
static int hear(struct cell *cell, const struct start_wait *wait, struct fault *fault)
{
    struct init_report report = {0};
    int r = wait_for_report(cell, wait);

    if (r == CELL_E_CANCELLED)
        return r;
    if (r == -ETIMEDOUT)
        return fail_time(wait, fault);
    if (r == 0)
        r = cell_receive(cell, &report);
    if (r < 0)
        return fault_set(fault, FAULT_DIED, r);
    switch (report.event) {
    case INIT_FAILED:
        return cell_fail(cell, fault);
    case INIT_CONFINED:
        cell->is_confined = true;
        return 0;
    case INIT_READY:
        cell->is_ready = true;
        return 0;
    case INIT_RELEASED:
        cell->started_ns = report.time_ns;
        cell->cpu_us = report.cpu_us;
        timing_mark(&cell->timing, TIMING_START);
        return 0;
    }
    /* Killed before it got to exec. By the kernel, if the files alone take more memory than the cell may
     * have; but a machine that is short of memory takes first who waits ("oom"), and others may kill it as
     * well. */
    if (report.event == INIT_ENDED && cgroup_oom_kills(&cell->cgroup) == 0)
        return fault_set(fault, FAULT_KILLED, -ECHILD);
    if (report.event == INIT_ENDED) {
        cell->failed = (struct init_report){.event = INIT_FAILED, .step = STEP_FILES, .error = ENOMEM};
        return cell_fail(cell, fault);
    }
    return fault_set_index(fault, FAULT_REPORT, -EPROTO, report.event);
}

static int fail_groups(const struct cell *cell, int r, struct fault *fault)
{
    return fault_set_index(fault, r == -EEXIST ? FAULT_GROUP_TAKEN : FAULT_GROUP, r, cell->lease.slot);
}

/* What is set; in a build for tests perhaps more than what was asked for. */
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
    int r = slot_take(cell->tree, &cell->lease);

    if (r == LEASE_E_NONE_FREE)
        return fault_set(fault, FAULT_SLOTS, -EAGAIN);
    if (r < 0)
        return fault_set(fault, FAULT_LEASE, r);
    cell->workspace = workspace_make(config->limits.disk_bytes, config->may_exec);
    if (cell->workspace < 0)
        return fault_set(fault, FAULT_WORKSPACE, cell->workspace);
    return 0;
}

static void fill_etc(struct root *root)
{
    snprintf(root->passwd, sizeof(root->passwd), PLAN_USER ":x:%u:%u::" PLAN_HOME ":/bin/sh\n", root->uid,
             root->uid);
    snprintf(root->group, sizeof(root->group), PLAN_USER ":x:%u:\n", root->uid);
}

static int make_inside(struct cell *cell, const struct cell_config *config, struct fault *fault)
{
    _cleanup_(ends_close) struct ends ends = {-1, {-1, -1, -1}};
    struct inside inside;
    int r = connect_ends(cell, &ends);

    inside = (struct inside){
        .root = {.base = cell->lease.runtime,
                 .mounts = config->mounts,
                 .n_mounts = config->n_mounts,
                 .workspace = cell->workspace,
                 .uid = program_uid(cell),
                 .host = root_namespace()},
        .filter = config->filter,
        .may_name_calls = config->may_name_calls,
        .program_uid = program_uid(cell),
        .init_uid = layer_off("init-user") ? program_uid(cell) : lease_init_uid(&cell->lease),
        .may_exec = config->may_exec,
        .control = ends.control,
        .lease = cell->lease.fd,
        .fault = config->settings->fault,
        .streams = {ends.streams[0], ends.streams[1], ends.streams[2]},
    };
    for (int i = 0; i < N_RLIMITS; i++)
        inside.most[i] = (struct start_rlimit){rlimits_rows[i].resource, config->rlimits[i]};
    inside.listener = -1;
    ids_prepare(&inside.identity);
    fill_etc(&inside.root);
    if (r == 0)
        r = clone_init(cell, &inside);
    return r < 0 ? fault_set(fault, FAULT_CLONE, r) : 0;
}

/* Once PID 1 is gone, what it said last tells why. */
static int fail_sent(int r, struct fault *fault)
{
    /* ECONNRESET comes once, if it left something of ours unread: unix(7). */
    return r == -EPIPE || r == -ECONNRESET ? 0 : fault_set(fault, FAULT_HAND_OVER, r);
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
    return r < 0 ? fail_sent(r, fault) : 0;
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
    if (r == 0)
        r = make_inside(cell, config, fault);
    timing_mark(&cell->timing, TIMING_CLONE);
    /* PID 1 makes its root at the same time. */
    if (r == 0)
        r = make_groups(cell, config, fault);
    timing_mark(&cell->timing, TIMING_CGROUP);
    if (r == 0)
        cell->state = CELL_MADE;
    return r;
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

    /* What was written before something failed is not known: the next call writes all of it. */
    cell->limits = r == 0 ? *limits : (struct limits){0};
    return r;
}

int cell_wait(struct cell *cell, struct fault *fault)
{
    const struct start_wait wait = {.begun_ns = timing_now_ns(), .most_ms = START_MS};
    int r = 0;

    while (r == 0 && !(cell->is_ready && cell->is_confined))
        r = hear(cell, &wait, fault);
    timing_mark(&cell->timing, TIMING_START);
    return r;
}

int cell_start(struct cell *cell, const struct plan_stage *step,
               const struct cell_cancel cancels[CELL_N_CANCELS], struct fault *fault)
{
    const struct start_wait wait = {true, cancels, timing_now_ns(), START_MS + step->limits.wall_ms};
    int r;

    if (cell->state != CELL_MADE)
        return fault_set(fault, FAULT_USED, -EINVAL);
    cell->state = CELL_RUNNING;
    /* How long it waited, and how long it was made for nobody in particular, is no part of a run's time. */
    if (cell->is_ready && cell->is_confined)
        timing_start(&cell->timing);
    r = start_send(cell->control, step);
    if (r < 0)
        r = fail_sent(r, fault);
    while (r == 0 && (!cell->is_ready || !cell->is_confined || cell->started_ns == 0))
        r = hear(cell, &wait, fault);
    return r;
}

int cell_receive(struct cell *cell, struct init_report *ret_report)
{
    int listener, r;

    /* ECONNRESET comes once, if PID 1 died and left ours unread: its own report waits behind it. */
    do
        r = report_receive(cell->control, ret_report, &listener);
    while (r == -ECONNRESET);
    if (r < 0)
        return r;
    if (listener >= 0) {
        fd_closep(&cell->listener);
        cell->listener = listener;
    }
    if (ret_report->event == INIT_FAILED)
        cell->failed = *ret_report;
    return 0;
}

int cell_kill(struct cell *cell)
{
    struct pollfd death = {.fd = cell->pidfd, .events = POLLIN};
    siginfo_t info;
    int r;

    if (cell->pidfd < 0)
        return 0;
    cgroup_kill(&cell->cgroup);
    if (syscall(SYS_pidfd_send_signal, cell->pidfd, SIGKILL, NULL, 0) < 0 && errno != ESRCH)
        return -errno;
    do
        r = poll(&death, 1, cell->state == CELL_STUCK ? 0 : KILL_TIMEOUT_MS);
    while (r < 0 && errno == EINTR);
    if (r <= 0) {
        cell->state = CELL_STUCK;
        return -ETIMEDOUT;
    }
    while (waitid(P_PIDFD, (id_t)cell->pidfd, &info, WEXITED | __WALL) < 0 && errno == EINTR)
        ;
    /* Not before they are dead: a stopped call would return to its program when its listener goes. */
    fd_closep(&cell->listener);
    fd_closep(&cell->pidfd);
    cell->state = CELL_STOPPED;
    return 0;
}
