/* SPDX-License-Identifier: MIT */
/* Starts the program of a cell that was made. */
#include "sandbox/cell/cell_start.h"

#include <errno.h>
#include <poll.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/cell/cgroup_figures.h"
#include "sandbox/cell/start_send.h"
#include "sandbox/inside/steps.h"

/* In addition to the program's own time. A start takes 2 ms, or 0.1 s with 72 MiB of files. */
#define START_MS 10000

int cell_fail(const struct cell *cell, struct fault *fault)
{
    const struct init_report *report = &cell->failed;

    fault_set(fault, FAULT_STEP, -report->error);
    if (fault)
        fault->step = (uint16_t)report->step;
    return -report->error;
}

/* A wait for reports of a cell. */
struct start_wait {
    bool starts;                       /* waits for a program to start; false: for a cell to be made */
    const struct cell_cancel *cancels; /* NULL: can't be cancelled */
    uint64_t begun_ns, most_ms;
};

bool cell_is_cancelled(const struct cell_cancel *cancel)
{
    return !cancel->hears || cancel->hears(cancel->arg);
}

/* Returns 0 if PID 1 has sent a report or is gone, CELL_E_CANCELLED, -ETIMEDOUT, or -errno. */
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
        for (int i = 0; i < CELL_N_CANCELS && r > 0; i++)
            if (fds[1 + i].revents && wait->cancels && cell_is_cancelled(&wait->cancels[i]))
                return CELL_E_CANCELLED;
    }
}

static int fail_time(const struct start_wait *wait, struct fault *fault)
{
    return fault_set_index(fault, wait->starts ? FAULT_TIME_START : FAULT_TIME_MAKING, -ETIMEDOUT,
                           wait->most_ms / 1000);
}

/* Receives the next report of a cell that is not watched yet. */
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
        /* The namespace can be the reason, so the next cell leaves the host by itself. */
        if (report.step == STEP_ROOT && cell->lender)
            fd_closep(&cell->lender->root.namespace);
        return cell_fail(cell, fault);
    case INIT_CONFINED:
        cell->is_confined = true;
        return 0;
    case INIT_READY:
        cell->is_ready = true;
        return 0;
    case INIT_LOADED:
    case INIT_PARKED:
        cell->shim = report;
        return 0;
    case INIT_RELEASED:
        cell->started_ns = report.time_ns;
        cell->cpu_us = report.cpu_us;
        timing_mark(&cell->timing, TIMING_START);
        return 0;
    }
    /* The program's process was killed before it called execve(2). If the files alone need more memory
     * than the cell may use, the kernel killed it for that. But a machine that is short of memory kills
     * waiting cells first (step "oom"), and other processes can kill it as well. */
    if (report.event == INIT_ENDED && cgroup_oom_kills(&cell->cgroup) == 0)
        return fault_set(fault, FAULT_KILLED, -ECHILD);
    if (report.event == INIT_ENDED) {
        cell->failed = (struct init_report){.event = INIT_FAILED, .step = STEP_FILES, .error = ENOMEM};
        return cell_fail(cell, fault);
    }
    return fault_set_index(fault, FAULT_REPORT, -EPROTO, report.event);
}

/* If PID 1 is gone, its last report contains the reason. */
int cell_fail_sent(int r, struct fault *fault)
{
    /* ECONNRESET is returned once if PID 1 left a message unread (unix(7)). */
    return r == -EPIPE || r == -ECONNRESET ? 0 : fault_set(fault, FAULT_HAND_OVER, r);
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

int cell_warm_up(struct cell *cell, const struct plan_stage *stage, struct fault *fault)
{
    int r = start_send(cell->control, stage);

    return r < 0 ? cell_fail_sent(r, fault) : 0;
}

int cell_expect(struct cell *cell, enum init_event event, unsigned int most_ms, struct fault *fault)
{
    const struct start_wait wait = {.begun_ns = timing_now_ns(), .most_ms = most_ms};
    int r = 0;

    while (r == 0 && cell->shim.event != event)
        r = hear(cell, &wait, fault);
    return r;
}

int cell_start(struct cell *cell, const struct plan_stage *stage,
               const struct cell_cancel cancels[CELL_N_CANCELS], struct fault *fault)
{
    const struct start_wait wait = {true, cancels, timing_now_ns(), START_MS + stage->limits.wall_ms};
    int r;

    if (cell->state != CELL_MADE)
        return fault_set(fault, FAULT_USED, -EINVAL);
    cell->state = CELL_RUNNING;
    /* The time for which the cell waited, and the time that making it in advance took, are not part of the
     * run's time. */
    if (cell->is_ready && cell->is_confined)
        timing_start(&cell->timing);
    r = start_send(cell->control, stage);
    if (r < 0)
        r = cell_fail_sent(r, fault);
    while (r == 0 && (!cell->is_ready || !cell->is_confined || cell->started_ns == 0))
        r = hear(cell, &wait, fault);
    return r;
}

int cell_receive(struct cell *cell, struct init_report *ret_report)
{
    int listener, r;

    /* ECONNRESET is returned once if PID 1 died and left a message unread. Its own report is still in the
     * queue. */
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
