/* SPDX-License-Identifier: MIT */
/* The messages of a keeper while its run goes on. */
#include "runner/front/front_told.h"

#include <errno.h>
#include <string.h>

#include "runner/front/front_keepers.h"
#include "runner/front/front_run.h"
#include "runner/front/run_events.h"
#include "sandbox/keeper/wire.h"

int front_told_start(struct front_run *run, const struct wire_message *message)
{
    const struct wire_started started = WIRE_PAYLOAD(message, struct wire_started);

    if (!run || !run->is_streamed || started.stage > STAGE_RUN || started.cell >= N_RUN_CELLS)
        return -EBADMSG;
    return run_events_started(run->events, started.stage, (enum run_cell)started.cell);
}

int front_told_output(struct front_run *run, const struct wire_message *message)
{
    const struct wire_chunk chunk = WIRE_PAYLOAD(message, struct wire_chunk);
    const struct bytes bytes = {.data = message->payload + sizeof(chunk),
                                .size = message->size - sizeof(chunk)};

    if (!run || !run->is_streamed ||
        run_events_bytes(run->events) + bytes.size > run->plan.run.limits.output_bytes)
        return -EBADMSG;
    return run_events_output(run->events, chunk.is_stderr != 0, &bytes);
}

int front_told_reading(struct front_run *run, const struct wire_message *message)
{
    const struct wire_reading reading = WIRE_PAYLOAD(message, struct wire_reading);
    int r = 0;

    if (!run || !run->job.keeps_input_open || reading.is_on > 1)
        return -EBADMSG;
    if (!reading.is_on) {
        front_standing_end(run->keeper->front, run);
        return 0;
    }
    if (run->is_streamed)
        r = run_events_reading(run->events, run->input.n_taken);
    if (r == 0)
        front_standing_begin(run->keeper->front, run);
    return r;
}

int front_told_taken(struct front_run *run, const struct wire_message *message)
{
    const struct wire_taken taken = WIRE_PAYLOAD(message, struct wire_taken);
    int r = run ? front_input_take(&run->input, taken.bytes) : -EBADMSG;

    if (r == 0)
        front_input_send(run);
    return r;
}

int front_told_beat(struct front_run *run, const struct wire_message *message)
{
    const struct wire_beat beat = WIRE_PAYLOAD(message, struct wire_beat);

    if (!run)
        return -EBADMSG;
    run->keeper->billed_bytes = beat.bytes;
    return 0;
}
