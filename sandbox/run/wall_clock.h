/* SPDX-License-Identifier: MIT */
/* A run's wall time, which can stand still while the program waits for a person's input. */
#ifndef EXRUN_SANDBOX_RUN_WALL_CLOCK_H
#define EXRUN_SANDBOX_RUN_WALL_CLOCK_H

#include <stdint.h>

/* Times are of CLOCK_MONOTONIC, in nanoseconds. @timer: becomes readable when the time is used up. @stood_ns:
 * how long it has stood still. @since_ns: since when it stands still, moved by the CPU time that was used
 * meanwhile; 0: it goes on. @most_ns: it may stand still until @stood_ns would exceed this. */
struct wall_clock {
    int timer;
    uint64_t started_ns, limit_ns;
    uint64_t stood_ns, since_ns, most_ns;
};

#define WALL_CLOCK_NONE \
    {                   \
        .timer = -1     \
    }

/* Starts it. Returns 0 or -errno. The caller calls wall_clock_close() even on failure. */
int wall_clock_start(struct wall_clock *clock, uint64_t started_ns, uint64_t limit_ms);

/* Lets it stand still from @now_ns on, in all for at most @most_ms. After that it goes on by itself. Returns
 * 0 or -errno. */
int wall_clock_stand(struct wall_clock *clock, uint64_t now_ns, uint64_t most_ms);

/* The program has used CPU time while the clock stood still, so that it went for as long. */
void wall_clock_count(struct wall_clock *clock, uint64_t used_ns);

/* Lets it go on; it has stood still until @until_ns. Does nothing if it goes already. Returns 0 or -errno. */
int wall_clock_go(struct wall_clock *clock, uint64_t until_ns);

/* Returns how much of the wall time was used at @now_ns, if it goes. */
uint64_t wall_clock_used_ns(const struct wall_clock *clock, uint64_t now_ns);

void wall_clock_close(struct wall_clock *clock);

#endif
