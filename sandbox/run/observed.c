/* SPDX-License-Identifier: MIT */
/* Makes, completes and releases the observations of one run. */
#include "sandbox/run/observed.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>

#include "sandbox/cell/cell_start.h"
#include "sandbox/cell/workspace.h"
#include "sandbox/run/fd_limit.h"

/* All writers are dead, so each pipe contains at most a last piece. A slow sink may take its time, but the
 * caller can still cancel the run. */
void observed_take_rest(struct observed *observed, const struct cell_cancel cancels[CELL_N_CANCELS])
{
    struct output *outputs[] = {&observed->output, &observed->errors};

    for (;;) {
        struct pollfd fds[2 + CELL_N_CANCELS];
        bool is_pending = false;

        for (int i = 0; i < 2; i++) {
            output_drain(outputs[i]);
            fds[i] = (struct pollfd){.fd = output_waiting(outputs[i]) > 0 ? outputs[i]->sink->fd : -1,
                                     .events = POLLOUT};
            is_pending |= fds[i].fd >= 0;
        }
        for (int i = 0; i < CELL_N_CANCELS; i++)
            fds[2 + i] = (struct pollfd){.fd = cancels[i].fd, .events = cancels[i].events};
        if (!is_pending || observed->end == END_CANCELLED)
            return;
        if (poll(fds, 2 + CELL_N_CANCELS, -1) < 0 && errno != EINTR)
            return;
        for (int i = 0; i < 2; i++)
            if (fds[i].revents)
                output_write(outputs[i]);
        for (int i = 0; i < CELL_N_CANCELS; i++)
            if (fds[2 + i].revents && cell_is_cancelled(&cancels[i]))
                observed->end = END_CANCELLED;
    }
}

void observed_look_at_disk(struct observed *observed, const struct cell *cell)
{
    struct workspace_usage usage;

    if (workspace_measure(cell->workspace, &usage) < 0)
        return;
    if (usage.bytes > observed->disk_bytes)
        observed->disk_bytes = usage.bytes;
    if (usage.lacks_blocks || usage.lacks_inodes)
        observed->limits_hit |= 1U << LIMIT_DISK;
    observed->lacks_inodes |= usage.lacks_inodes;
}

static void look_for_peaks(struct observed *observed, const struct cell *cell)
{
    cgroup_look_for_peaks(&cell->cgroup, &observed->most);
    observed_look_at_disk(observed, cell);
}

void observed_look_at_cell(struct observed *observed, const struct cell *cell, uint64_t files)
{
    if (fd_limit_exhausted(&cell->cgroup, files))
        observed->limits_hit |= 1U << LIMIT_FILES;
    look_for_peaks(observed, cell);
}

void observed_read(struct observed *observed, const struct cell *cell)
{
    struct cgroup_facts *facts = &observed->facts;

    look_for_peaks(observed, cell);
    cgroup_read(&cell->cgroup, facts);
    if (observed->most.processes_peak > facts->processes_peak)
        facts->processes_peak = observed->most.processes_peak;
    if (observed->most.memory_peak_bytes > facts->memory_peak_bytes)
        facts->memory_peak_bytes = observed->most.memory_peak_bytes;
}

void observed_note_limits(struct observed *observed, const struct limits *limits)
{
    static const enum limit hits[] = {[END_WALL] = LIMIT_WALL,
                                      [END_CPU] = LIMIT_CPU,
                                      [END_MEMORY] = LIMIT_MEMORY,
                                      [END_OUTPUT] = LIMIT_OUTPUT};
    const struct cgroup_facts *facts = &observed->facts;

    if (observed->end == END_WALL || observed->end == END_CPU || observed->end == END_MEMORY ||
        observed->end == END_OUTPUT)
        observed->limits_hit |= 1U << hits[observed->end];
    if (facts->processes_refused > 0)
        observed->limits_hit |= 1U << LIMIT_PROCESSES;
    if (facts->oom_kills > 0)
        observed->limits_hit |= 1U << LIMIT_MEMORY;
    if (facts->cpu_us > limits->cpu_ms * 1000)
        observed->limits_hit |= 1U << LIMIT_CPU;
    /* exrun can be woken so late that the program has already ended by itself. */
    if (observed->wall_us > limits->wall_ms * 1000)
        observed->limits_hit |= 1U << LIMIT_WALL;
}

int observed_open(struct observed *observed, const struct cell *cell, const struct output_sink sinks[2],
                  uint64_t most_bytes)
{
    int r;

    observed->budget.left = most_bytes;
    r = output_init(&observed->output, cell->output, &sinks[0], &observed->budget);
    return r < 0 ? r : output_init(&observed->errors, cell->errors, &sinks[1], &observed->budget);
}

void observed_freep(struct observed **observed)
{
    if (*observed) {
        output_deinit(&(*observed)->output);
        output_deinit(&(*observed)->errors);
    }
    free(*observed);
}
