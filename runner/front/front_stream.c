/* SPDX-License-Identifier: MIT */
/* The output of a run, which its keeper tells as it comes, or has for the answer, or both. */
#include "runner/front/front_stream.h"

#include "runner/front/front.h"
#include "runner/front/front_keepers.h"
#include "runner/front/front_memory.h"
#include "runner/front/front_orders.h"
#include "runner/front/front_plan.h"
#include "runner/front/front_run.h"
#include "runner/front/run_events.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"

void front_stream_ask(struct front *front, struct front_run *run)
{
    const uint64_t before = run->reserved_bytes, most = front->load->config.service.results_bytes;

    if (!run->keeper || run->is_streamed)
        return;
    front_plan_memory(run);
    if (front->reserved_bytes - before + run->reserved_bytes > most) {
        run->reserved_bytes = before;
        return;
    }
    front_memory_reserve(front, run->reserved_bytes - before);
    run->is_streamed = run->is_kept = true;
    front_keeper_tell(run->keeper, WIRE_STREAM, (struct wire_message){.run = run->number});
}

/* The keeper has not told the stages, because it was asked too late, or not at all. */
static int tell_stages(struct run_events *events, const struct run_result *result)
{
    int r = 0;

    /* Only the result of a keeper has times. */
    if (run_events_n(events) > 0 || events->is_restored ||
        timing_us(&result->timing, 0, N_TIMING_PARTS - 1) == 0)
        return 0;
    if (result->has_compiled && !result->was_cached)
        r = run_events_started(events, STAGE_COMPILE, RUN_CELL_COLD);
    if (r == 0 && result->has_run)
        r = run_events_started(events, STAGE_RUN, result->cell);
    return r;
}

/* Tells the stages, and what is missing of the output. */
static int complete(struct run_events *events, const struct run_result *result)
{
    int r = tell_stages(events, result);

    return r < 0 ? r : run_events_complete(events, &result->run.output, &result->run.errors);
}

int front_stream_end(const struct front_run *run, struct run_result *result)
{
    if (!run->is_streamed)
        return 0;
    if (run->is_kept)
        return complete(run->events, result);
    return run_events_copy(run->events, &result->run.output, &result->run.errors);
}

void front_stream_answer(const struct front_run *run, const struct run_result *result,
                         struct content *content, struct content *lean)
{
    _cleanup_(content_unrefp) struct content *late = NULL;
    struct run_events *events = run->events;
    int r = 0;

    if (!events)
        return;
    if (!run->is_streamed)
        r = complete(events, result);
    /* The first reader has come while the answer was being written. */
    if (content && !lean)
        late = content_lean(content);
    run_events_end(events, r == 0 ? content : NULL, lean ? lean : late);
}
