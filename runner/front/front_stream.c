/* SPDX-License-Identifier: MIT */
/* The output of a run, which its keeper tells as it comes, or has for the answer, or both. */
#include "runner/front/front_stream.h"

#include "runner/front/front.h"
#include "runner/front/front_keepers.h"
#include "runner/front/front_memory.h"
#include "runner/front/front_plan.h"
#include "runner/front/front_run.h"
#include "runner/front/run_events.h"

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

int front_stream_end(const struct front_run *run, struct run_outcome *outcome)
{
    if (!run->is_streamed)
        return 0;
    if (run->is_kept)
        return run_events_complete(run->events, &outcome->output, &outcome->errors);
    return run_events_copy(run->events, &outcome->output, &outcome->errors);
}
