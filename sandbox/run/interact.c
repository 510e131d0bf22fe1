/* SPDX-License-Identifier: MIT */
/* A program's stdin, and its wall time. */
#include "sandbox/run/interact.h"

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/timing.h"

int interact_open(struct interact *interact, struct cell *cell, const struct plan_stage *stage,
                  const struct feed_source *source)
{
    int r = feed_init(&interact->feed, fd_steal(&cell->input), source);

    if (r == 0)
        r = wall_clock_start(&interact->wall, cell->started_ns, stage->limits.wall_ms);
    if (r == 0 && source->live)
        r = reading_open(&interact->reading, &cell->cgroup, interact->feed.pipe);
    feed_begin(&interact->feed, stage->input ? stage->input->data : NULL,
               stage->input ? stage->input->size : 0);
    return r;
}

/* The program waits no more; it waited until @until_ns. */
static int end_wait(struct interact *interact, uint64_t until_ns)
{
    interact->reading.is_on = false;
    if (interact->listener->waits)
        interact->listener->waits(interact->listener->arg, false);
    return wall_clock_go(&interact->wall, until_ns);
}

static int begin_wait(struct interact *interact)
{
    if (interact->listener->waits)
        interact->listener->waits(interact->listener->arg, true);
    return wall_clock_stand(&interact->wall, timing_now_ns(), interact->feed.source.live->still_ms);
}

static void tell_taken(struct interact *interact)
{
    if (interact->feed.n_live > 0 && interact->listener->took)
        interact->listener->took(interact->listener->arg, interact->feed.n_live);
    interact->feed.n_live = 0;
}

/* Live input is there, or its end: exrun knows to the moment until when the program waited. */
static int on_input(struct interact *interact)
{
    int r = interact->reading.is_on ? end_wait(interact, timing_now_ns()) : 0;

    return r < 0 ? r : reading_disturb(&interact->reading);
}

/* The time for which the clock may stand can be lowered while it stands. */
static int check_clock(struct interact *interact)
{
    const struct wall_clock *wall = &interact->wall;
    uint64_t now_ns = timing_now_ns();
    int r;

    if (wall->since_ns == 0 || wall->most_ns == interact->feed.source.live->still_ms * 1000000)
        return 0;
    r = wall_clock_go(&interact->wall, now_ns);
    return r < 0 ? r : wall_clock_stand(&interact->wall, now_ns, interact->feed.source.live->still_ms);
}

int interact_wants(struct interact *interact, struct interact_fds *ret)
{
    bool was_waiting = feed_is_waiting(&interact->feed);
    int r = 0;

    if (interact->feed.source.live) {
        feed_take(&interact->feed);
        tell_taken(interact);
        if (was_waiting && !feed_is_waiting(&interact->feed))
            r = on_input(interact);
        if (r == 0)
            r = check_clock(interact);
    }
    feed_wants(&interact->feed, &ret->pipe, &ret->source);
    ret->look = interact->feed.pipe >= 0 ? interact->reading.timer : -1;
    ret->wall = interact->wall.timer;
    return r;
}

int interact_on_pipe(struct interact *interact)
{
    feed_write(&interact->feed);
    tell_taken(interact);
    return reading_disturb(&interact->reading);
}

void interact_on_source(struct interact *interact)
{
    feed_read(&interact->feed);
}

int interact_on_look(struct interact *interact, bool is_told)
{
    struct reading *reading = &interact->reading;
    bool was_on = reading->is_on;
    uint64_t seen_ns = reading->seen_ns;
    int r = reading_look(reading, interact->feed.pipe, is_told && feed_is_waiting(&interact->feed));

    if (r == 0 && was_on && !reading->is_on)
        return end_wait(interact, seen_ns);
    if (r == 0 && !was_on && reading->is_on)
        return begin_wait(interact);
    if (was_on)
        wall_clock_count(&interact->wall, reading->used_us * 1000);
    return r;
}

int interact_on_output(struct interact *interact)
{
    struct reading *reading = &interact->reading;
    int r = reading->is_on ? end_wait(interact, reading->seen_ns) : 0;

    if (r < 0 || !interact->feed.source.live || interact->feed.pipe < 0)
        return r;
    return reading_disturb(reading);
}

uint64_t interact_end(struct interact *interact, uint64_t ended_ns)
{
    wall_clock_go(&interact->wall, ended_ns);
    return wall_clock_used_ns(&interact->wall, ended_ns) / 1000;
}

void interact_close(struct interact *interact)
{
    feed_deinit(&interact->feed);
    reading_close(&interact->reading);
    wall_clock_close(&interact->wall);
}
