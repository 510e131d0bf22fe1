/* SPDX-License-Identifier: MIT */
/* The front's memory for outputs and answers. */
#include "runner/front/front_memory.h"

#include <stdbool.h>
#include <stdint.h>

#include "runner/front/front.h"
#include "runner/front/front_run.h"

/* In bytes. @reserved: of all runs in progress and those that may start;
 * @large: without the small ones among them. @held: of the first run that waits for memory; 0: none does. */
struct results {
    uint64_t reserved, large, held;
};

void front_memory_reserve(struct front *front, uint64_t bytes)
{
    const uint64_t most = front->load->config.service.results_bytes;

    front->reserved_bytes += bytes;
    kept_answers_shrink(&front->kept, most > front->reserved_bytes ? most - front->reserved_bytes : 0);
}

void front_memory_release(struct front *front, uint64_t bytes)
{
    front->reserved_bytes -= bytes;
}

static bool is_large(const struct front *front, const struct front_run *run)
{
    return run->reserved_bytes > front->load->config.service.results_bytes / 4;
}

/* Returns the memory that is not of small runs in progress: of large runs, and of answers that their clients
 * read, however slowly. */
static uint64_t reserved_by_large(const struct front *front)
{
    uint64_t small = 0;

    for (size_t i = 0; i < front->keepers.n; i++) {
        const struct front_run *run = front->keepers.items[i].run;

        small += run && !is_large(front, run) ? run->reserved_bytes : 0;
    }
    return front->reserved_bytes - small;
}

/* Returns true if the front has the memory for the output and the answer of @run. The first one that it does
 * not have it for needs @held. Later ones may start before that one, except large ones, and only if there
 * will be enough for it as soon as the large runs in progress have ended and all answers are read. So it
 * waits for none that came later. If nothing else needs memory, one run always may start. */
static bool has_memory(const struct front *front, const struct front_run *run, const struct results *results)
{
    const uint64_t most = front->load->config.service.results_bytes,
                   sum = results->reserved + run->reserved_bytes;

    if (results->held > 0 && (is_large(front, run) || sum - results->large + results->held > most))
        return false;
    return results->reserved == 0 || sum <= most;
}

size_t front_memory_choose(const struct front *front, struct queue_run **order, size_t n)
{
    struct results results = {.reserved = front->reserved_bytes, .large = reserved_by_large(front)};
    size_t chosen = 0;

    for (size_t i = 0; i < n; i++) {
        const struct front_run *run = front_run_of(order[i]);

        if (!has_memory(front, run, &results)) {
            results.held = results.held > 0 ? results.held : run->reserved_bytes;
            continue;
        }
        results.reserved += run->reserved_bytes;
        results.large += is_large(front, run) ? run->reserved_bytes : 0;
        order[chosen++] = order[i];
    }
    return chosen;
}
