/* SPDX-License-Identifier: MIT */
/* The messages of a keeper while its run goes on. */
#include "runner/front/front_told.h"

#include <errno.h>
#include <string.h>

#include "runner/front/front_run.h"
#include "runner/front/run_events.h"
#include "sandbox/keeper/wire.h"

int front_told_start(struct front_run *run, const struct wire_message *message)
{
    const struct wire_started started = WIRE_PAYLOAD(message, struct wire_started);

    if (!run || !run->is_streamed || started.stage > STAGE_RUN || started.is_ready > 1)
        return -EBADMSG;
    return run_events_started(run->events, (uint8_t)started.stage, started.is_ready != 0);
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
