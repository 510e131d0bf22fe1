/* SPDX-License-Identifier: MIT */
/* Finds out whether a program waits for input. */
#include "sandbox/run/reading.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"
#include "sandbox/cell/cgroup_figures.h"
#include "sandbox/cell/cgroup_tasks.h"
#include "sandbox/run/blocked_call.h"
#include "sandbox/run/timer.h"

#define SHORTEST_MS 20
#define LONGEST_MS 250
#define MS UINT64_C(1000000)
#define BUSY_PART 8
#define COST_PART 50

/* The state of a thread. */
enum does { DOES_RUN, DOES_SLEEP, DOES_READ };

static int arm(struct reading *reading, unsigned int ms)
{
    unsigned int least = (unsigned int)(reading->cost_ns * COST_PART / MS);

    ms = ms > least ? ms : least;
    reading->next_ms = 2 * ms < LONGEST_MS ? 2 * ms : LONGEST_MS;
    return timer_arm(reading->timer, timing_now_ns() + ms * MS, true);
}

int reading_open(struct reading *reading, const struct cgroup *cgroup, int pipe)
{
    struct stat st;

    *reading = (struct reading){.cgroup = cgroup, .timer = timer_open()};
    if (reading->timer < 0)
        return reading->timer;
    if (fstat(pipe, &st) < 0)
        return -errno;
    reading->pipe = st.st_ino;
    reading->device = st.st_dev;
    return arm(reading, SHORTEST_MS);
}

int reading_disturb(struct reading *reading)
{
    reading->is_on = false;
    return reading->timer < 0 ? 0 : arm(reading, SHORTEST_MS);
}

static bool is_pipe(const struct reading *reading, pid_t task, uint64_t fd)
{
    char path[64];
    struct stat st;

    snprintf(path, sizeof(path), "/proc/%d/fd/%" PRIu64, (int)task, fd);
    return stat(path, &st) == 0 && st.st_dev == reading->device && st.st_ino == reading->pipe;
}

/* A thread that has ended in the meantime sleeps. */
static enum does look_at_task(const struct reading *reading, pid_t task)
{
    struct blocked_call call;
    int r = blocked_call_read(task, &call);

    if (r < 0)
        return r == -ESRCH ? DOES_SLEEP : DOES_RUN;
    if ((call.number == SYS_read || call.number == SYS_readv) && is_pipe(reading, task, call.args[0]))
        return DOES_READ;
    return DOES_SLEEP;
}

/* Returns true if all threads sleep, and one of them reads. */
static bool is_waiting(const struct reading *reading)
{
    _cleanup_(cgroup_tasks_deinit) struct cgroup_tasks tasks = {0};
    bool reads = false;

    if (cgroup_tasks_list(reading->cgroup, &tasks) < 0)
        return false;
    for (size_t i = 0; i < tasks.n; i++) {
        enum does does = look_at_task(reading, tasks.ids[i]);

        if (does == DOES_RUN)
            return false;
        reads |= does == DOES_READ;
    }
    return reads;
}

/* Returns true if the program can be waiting, by the CPU time that it has used since the last look. */
static bool is_quiet(struct reading *reading, uint64_t now_ns)
{
    uint64_t cpu_us = cgroup_cpu_us(reading->cgroup),
             most_us = (now_ns - reading->looked_ns) / BUSY_PART / 1000;

    reading->used_us = cpu_us - reading->cpu_us;
    reading->cpu_us = cpu_us;
    reading->looked_ns = now_ns;
    return reading->used_us == 0 || (reading->is_on && reading->used_us <= most_us);
}

int reading_look(struct reading *reading, int pipe, bool is_fed)
{
    uint64_t now_ns = timing_now_ns();
    bool is_idle = is_quiet(reading, now_ns);
    int unread = 0;

    reading->is_on =
        is_fed && is_idle && ioctl(pipe, FIONREAD, &unread) == 0 && unread == 0 && is_waiting(reading);
    if (reading->is_on)
        reading->seen_ns = now_ns;
    reading->cost_ns = timing_now_ns() - now_ns;
    return arm(reading, is_idle ? reading->next_ms : SHORTEST_MS);
}

void reading_close(struct reading *reading)
{
    fd_closep(&reading->timer);
}
