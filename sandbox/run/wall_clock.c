/* SPDX-License-Identifier: MIT */
/* A run's wall time. */
#include "sandbox/run/wall_clock.h"

#include "sandbox/base/cleanup.h"
#include "sandbox/run/timer.h"

#define MS UINT64_C(1000000)

/* Sets the timer to the end of the limit, and of the time for which the clock still stands. */
static int arm(const struct wall_clock *clock, uint64_t rest_ns)
{
    return timer_arm(clock->timer, clock->started_ns + clock->limit_ns + clock->stood_ns + rest_ns, true);
}

static uint64_t rest_ns(const struct wall_clock *clock)
{
    return clock->most_ns > clock->stood_ns ? clock->most_ns - clock->stood_ns : 0;
}

int wall_clock_start(struct wall_clock *clock, uint64_t started_ns, uint64_t limit_ms)
{
    *clock = (struct wall_clock){.timer = timer_open(), .started_ns = started_ns, .limit_ns = limit_ms * MS};
    return clock->timer < 0 ? clock->timer : arm(clock, 0);
}

int wall_clock_stand(struct wall_clock *clock, uint64_t now_ns, uint64_t most_ms)
{
    clock->since_ns = now_ns;
    clock->most_ns = most_ms * MS;
    return arm(clock, rest_ns(clock));
}

void wall_clock_count(struct wall_clock *clock, uint64_t used_ns)
{
    if (clock->since_ns != 0)
        clock->since_ns += used_ns;
}

int wall_clock_go(struct wall_clock *clock, uint64_t until_ns)
{
    uint64_t stood = until_ns > clock->since_ns ? until_ns - clock->since_ns : 0, rest = rest_ns(clock);

    if (clock->since_ns == 0)
        return 0;
    clock->stood_ns += stood < rest ? stood : rest;
    clock->since_ns = 0;
    return arm(clock, 0);
}

uint64_t wall_clock_used_ns(const struct wall_clock *clock, uint64_t now_ns)
{
    uint64_t went = now_ns > clock->started_ns ? now_ns - clock->started_ns : 0;

    return went > clock->stood_ns ? went - clock->stood_ns : 0;
}

void wall_clock_close(struct wall_clock *clock)
{
    fd_closep(&clock->timer);
}
