/* SPDX-License-Identifier: MIT */
/* Watches one run until it ends. */
#include "sandbox/run/watch.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/cell/cell_start.h"
#include "sandbox/cell/cgroup_figures.h"
#include "sandbox/policy/policy.h"
#include "sandbox/run/interact.h"
#include "sandbox/run/locks.h"
#include "sandbox/run/timer.h"

#define SHORTEST_SAMPLE_US UINT64_C(1000)
#define LONGEST_SAMPLE_US UINT64_C(50000)
/* At first the disk is measured more often, because a short program can fill it only for a moment. */
#define EARLY_NS UINT64_C(200000000)
#define EARLY_SAMPLE_NS UINT64_C(4000000)
#define BURST_NS 1000000 /* byte-by-byte output must not cost exrun more than the program */
#define BURST_READS 8

enum source {
    ON_LISTENER,
    ON_MEMORY,
    ON_CONTROL,
    ON_OUTPUT,
    ON_ERRORS,
    ON_OUTPUT_SINK,
    ON_ERRORS_SINK,
    ON_INPUT_PIPE,
    ON_INPUT_SOURCE,
    ON_INPUT_LOOK,
    ON_SAMPLE,
    ON_WALL,
    ON_CANCEL,
    N_SOURCES = ON_CANCEL + CELL_N_CANCELS,
};

struct watch {
    struct cell *cell;
    const struct plan_stage *stage;
    const struct run_io *io;
    struct observed *seen;
    unsigned int n_cpus;
    struct interact interact;
    int sample;
    uint64_t next_ns; /* time of the next sample of everything */
    uint64_t ended_ns;
    struct locks locks;
    uint64_t burst_ns;    /* start of the current millisecond of output */
    unsigned int n_reads; /* number of reads since then */
    bool is_over;
    struct pollfd fds[N_SOURCES];
};

static void end(struct watch *watch, enum run_end why)
{
    if (watch->is_over)
        return;
    watch->is_over = true;
    watch->seen->end = why;
    if (watch->ended_ns == 0)
        watch->ended_ns = timing_now_ns();
}

static void deny(struct watch *watch, int call, uint32_t arch)
{
    watch->seen->denied_call = call;
    watch->seen->denied_arch = arch;
    end(watch, END_DENIED);
}

/* Returns the CPU time that is charged to the program. Leaves out the time of making the cell, and adds
 * exrun's time for the cell's locks. */
static uint64_t of_program(const struct watch *watch, uint64_t cpu_us)
{
    uint64_t own = cpu_us > watch->cell->cpu_us ? cpu_us - watch->cell->cpu_us : 0;

    return own + watch->locks.cpu_ns / 1000;
}

static int arm_sample(struct watch *watch)
{
    uint64_t now = timing_now_ns(), early = now + EARLY_SAMPLE_NS;
    bool is_early = now < watch->cell->started_ns + EARLY_NS && early < watch->next_ns;

    return timer_arm(watch->sample, is_early ? early : watch->next_ns, true);
}

/* Sets the timer for the next check, before which the program can't use up its CPU time. */
static int set_next(struct watch *watch, uint64_t used_us)
{
    uint64_t limit = watch->stage->limits.cpu_ms * 1000;
    uint64_t wait = used_us < limit ? (limit - used_us) / watch->n_cpus : 0;

    wait = wait < SHORTEST_SAMPLE_US ? SHORTEST_SAMPLE_US : wait;
    wait = wait > LONGEST_SAMPLE_US ? LONGEST_SAMPLE_US : wait;
    watch->next_ns = timing_now_ns() + wait * 1000;
    return arm_sample(watch);
}

/* Checks facts that have no event, and sets the timer for the next check. */
static int take_sample(struct watch *watch)
{
    uint64_t limit = watch->stage->limits.cpu_ms * 1000,
             used = of_program(watch, cgroup_cpu_us(&watch->cell->cgroup));

    observed_look_at_cell(watch->seen, watch->cell, watch->stage->limits.files);
    if (!locks_check(&watch->locks))
        deny(watch, SYS_fcntl, AUDIT_ARCH_X86_64);
    if (cgroup_oom_kills(&watch->cell->cgroup) > 0)
        end(watch, END_MEMORY);
    if (used >= limit)
        end(watch, END_CPU);
    return set_next(watch, used);
}

static void on_control(struct watch *watch)
{
    struct init_report report;

    if (cell_receive(watch->cell, &report) < 0 || report.event != INIT_ENDED) {
        end(watch, END_LOST);
        return;
    }
    watch->seen->status = report.status;
    watch->ended_ns = report.time_ns;
    end(watch, END_ITSELF);
}

/* Reads only the number and the arguments of a trapped syscall, and never the program's memory. */
static void on_listener(struct watch *watch)
{
    struct seccomp_notif call = {0};

    if (!(watch->fds[ON_LISTENER].revents & POLLIN)) {
        fd_closep(&watch->cell->listener); /* the last process with the filter is gone */
        return;
    }
    if (ioctl(watch->cell->listener, SECCOMP_IOCTL_NOTIF_RECV, &call) < 0)
        return; /* its process was killed in the meantime */
    if (policy_is_lock(call.data.arch, call.data.nr) && locks_answer(&watch->locks, &call))
        return;
    deny(watch, call.data.nr, call.data.arch);
}

/* Returns true if there was so much output in this millisecond that the rest can wait for the next one. */
static bool is_bursting(const struct watch *watch)
{
    return watch->n_reads >= BURST_READS && timing_now_ns() - watch->burst_ns < BURST_NS;
}

static void on_output(struct watch *watch, struct output *output)
{
    uint64_t now = timing_now_ns();

    if (now - watch->burst_ns >= BURST_NS) {
        watch->burst_ns = now;
        watch->n_reads = 0;
        /* A program that hits a limit often prints a message about it next, and exits. So this is the last
         * good moment to check. */
        observed_look_at_cell(watch->seen, watch->cell, watch->stage->limits.files);
    }
    watch->n_reads++;
    output_read(output);
    if (watch->seen->budget.is_exceeded)
        end(watch, END_OUTPUT);
    if (output->is_lost || interact_on_output(&watch->interact) < 0)
        end(watch, END_LOST);
    if (output->error < 0)
        end(watch, END_CANCELLED);
}

static void on_sink(struct watch *watch, struct output *output)
{
    output_write(output);
    if (output->error < 0)
        end(watch, END_CANCELLED);
}

static void sample_soon(struct watch *watch)
{
    watch->next_ns = timing_now_ns() + SHORTEST_SAMPLE_US * 1000;
    arm_sample(watch);
}

static void on_memory(struct watch *watch)
{
    uint64_t n;

    /* The event comes just before the kill. The next sample, which is soon, sees the kill itself. */
    if (read(watch->cell->cgroup.events, &n, sizeof(n)) < 0 && errno != EAGAIN)
        fd_closep(&watch->cell->cgroup.events);
    if (cgroup_oom_kills(&watch->cell->cgroup) > 0)
        end(watch, END_MEMORY);
    else
        sample_soon(watch);
}

static void on_sample(struct watch *watch)
{
    const struct run_listener *listener = &watch->io->listener;
    bool is_due = timing_now_ns() >= watch->next_ns;

    if (listener->lives)
        listener->lives(listener->arg, watch->cell);
    if (!is_due)
        observed_look_at_disk(watch->seen, watch->cell);
    if ((is_due ? take_sample(watch) : arm_sample(watch)) < 0)
        end(watch, END_LOST);
}

static void on_wall(struct watch *watch)
{
    end(watch, END_WALL);
}

static void on_cancel(struct watch *watch)
{
    for (int i = 0; i < CELL_N_CANCELS && !watch->is_over; i++)
        if (watch->fds[ON_CANCEL + i].revents && cell_is_cancelled(&watch->io->cancels[i]))
            end(watch, END_CANCELLED);
}

static void on_stdout(struct watch *watch)
{
    on_output(watch, &watch->seen->output);
}

static void on_stderr(struct watch *watch)
{
    on_output(watch, &watch->seen->errors);
}

static void on_stdout_sink(struct watch *watch)
{
    on_sink(watch, &watch->seen->output);
}

static void on_stderr_sink(struct watch *watch)
{
    on_sink(watch, &watch->seen->errors);
}

static void on_input_pipe(struct watch *watch)
{
    if (interact_on_pipe(&watch->interact) < 0)
        end(watch, END_LOST);
}

static void on_input_source(struct watch *watch)
{
    interact_on_source(&watch->interact);
}

static void on_input_look(struct watch *watch)
{
    if (interact_on_look(&watch->interact, output_is_passed(&watch->seen->output) &&
                                               output_is_passed(&watch->seen->errors)) < 0)
        end(watch, END_LOST);
}

/* Events are handled in this order. If several have happened, the first one that ends the run is the
 * reason. */
static void (*const handlers[N_SOURCES])(struct watch *watch) = {
    [ON_LISTENER] = on_listener,       [ON_MEMORY] = on_memory,         [ON_CONTROL] = on_control,
    [ON_OUTPUT] = on_stdout,           [ON_ERRORS] = on_stderr,         [ON_OUTPUT_SINK] = on_stdout_sink,
    [ON_ERRORS_SINK] = on_stderr_sink, [ON_INPUT_PIPE] = on_input_pipe, [ON_INPUT_SOURCE] = on_input_source,
    [ON_INPUT_LOOK] = on_input_look,   [ON_SAMPLE] = on_sample,         [ON_WALL] = on_wall,
    [ON_CANCEL] = on_cancel,           [ON_CANCEL + 1] = on_cancel,
};

static void want(struct watch *watch, int source, int fd, short events)
{
    watch->fds[source] = (struct pollfd){.fd = fd, .events = events};
}

static void want_output(struct watch *watch, const struct output *output, int source, int sink)
{
    bool waits = output_waiting(output) > 0, is_wanted = !output->has_ended && !waits && !is_bursting(watch);

    want(watch, source, is_wanted ? output->source : -1, POLLIN);
    want(watch, sink, waits ? output->sink->fd : -1, POLLOUT);
}

/* Updates the list of descriptors to wait for. A source that is not needed has the descriptor -1, which
 * poll(2) ignores. */
static int want_all(struct watch *watch)
{
    const struct cell *cell = watch->cell;
    struct interact_fds fds;
    int r = interact_wants(&watch->interact, &fds);

    want(watch, ON_CONTROL, cell->control, POLLIN);
    want(watch, ON_LISTENER, cell->listener, POLLIN);
    want_output(watch, &watch->seen->output, ON_OUTPUT, ON_OUTPUT_SINK);
    want_output(watch, &watch->seen->errors, ON_ERRORS, ON_ERRORS_SINK);
    want(watch, ON_INPUT_PIPE, fds.pipe, POLLOUT);
    want(watch, ON_INPUT_SOURCE, fds.source, POLLIN);
    want(watch, ON_INPUT_LOOK, fds.look, POLLIN);
    want(watch, ON_WALL, fds.wall, POLLIN);
    want(watch, ON_SAMPLE, watch->sample, POLLIN);
    want(watch, ON_MEMORY, cell->cgroup.events, cell->cgroup.events_mask);
    for (int i = 0; i < CELL_N_CANCELS; i++)
        want(watch, ON_CANCEL + i, watch->io->cancels[i].fd, watch->io->cancels[i].events);
    return r;
}

/* Returns how many milliseconds to wait for an event; -1: without a limit. */
static int patience_ms(const struct watch *watch)
{
    int ms = locks_patience_ms(&watch->locks);

    return is_bursting(watch) ? 1 : ms;
}

static int loop(struct watch *watch)
{
    while (!watch->is_over) {
        int r = want_all(watch);

        if (r < 0)
            return r;
        if (poll(watch->fds, N_SOURCES, patience_ms(watch)) < 0) {
            if (errno == EINTR)
                continue;
            return -errno;
        }
        for (int source = 0; source < N_SOURCES && !watch->is_over; source++)
            if (watch->fds[source].revents)
                handlers[source](watch);
        if (watch->locks.n_waiting > 0 && !watch->is_over && !locks_retry(&watch->locks))
            deny(watch, SYS_fcntl, AUDIT_ARCH_X86_64);
    }
    return 0;
}

static void read_figures(struct watch *watch)
{
    struct observed *seen = watch->seen;

    observed_read(seen, watch->cell);
    seen->facts.cpu_us = of_program(watch, seen->facts.cpu_us);
    if (seen->facts.user_us > seen->facts.cpu_us)
        seen->facts.user_us = seen->facts.cpu_us;
    seen->facts.system_us = seen->facts.cpu_us - seen->facts.user_us;
    seen->wall_us = interact_end(&watch->interact, watch->ended_ns);
    observed_note_limits(seen, &watch->stage->limits);
}

int watch_cell(struct cell *cell, const struct plan_stage *stage, unsigned int n_cpus,
               const struct run_io *io, struct observed *seen)
{
    _cleanup_(fd_closep) int sample = timer_open();
    struct watch watch = {.cell = cell,
                          .stage = stage,
                          .io = io,
                          .seen = seen,
                          .n_cpus = n_cpus,
                          .interact = INTERACT_NONE(&io->listener),
                          .sample = sample};
    int r;

    if (sample < 0)
        return sample;
    locks_init(&watch.locks, cell, &stage->limits);
    r = observed_open(seen, cell, io->sinks, stage->limits.output_bytes);
    if (r == 0)
        r = interact_open(&watch.interact, cell, stage, &io->input);
    if (r == 0)
        r = set_next(&watch, 0); /* nothing has run yet, so there is nothing to look at */
    if (r == 0)
        r = loop(&watch);
    interact_close(&watch.interact);
    locks_deinit(&watch.locks);
    timing_mark(&cell->timing, TIMING_RUN);
    if (r < 0)
        return r;
    /* The service answers as soon as nothing of the run can execute any more. Elsewhere PID 1 goes first,
     * because a reader of the output can be slow, and nothing else of the run should be left meanwhile. */
    r = io->ready ? cell_stop(cell) : cell_kill(cell);
    if (cell->failed.event == INIT_FAILED)
        return WATCH_E_FAILED;
    timing_mark(&cell->timing, TIMING_KILL);
    if (r < 0 && r != -ETIMEDOUT)
        return r;
    read_figures(&watch);
    observed_take_rest(seen, io->cancels);
    timing_mark(&cell->timing, TIMING_FIGURES);
    if (seen->budget.is_exceeded)
        seen->limits_hit |= 1U << LIMIT_OUTPUT;
    return seen->output.is_lost || seen->errors.is_lost ? -ENOMEM : 0;
}
