/* SPDX-License-Identifier: MIT */
/* A keeper's run. */
#include "sandbox/keeper/keeper_run.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/keeper/outcome.h"
#include "sandbox/plan/job_check.h"
#include "sandbox/plan/order.h"
#include "sandbox/run/run.h"
#include "sandbox/run/version.h"

#define STILL_MOST_MS 86400000 /* as in the configuration */

_Static_assert((int)WIRE_STDIN_WINDOW == (int)LIVE_INPUT_BYTES,
               "the front can send what the keeper can take");

/* Takes input. Returns true if the run goes on. */
static bool take_input(struct keeper *keeper, const struct wire_message *message)
{
    const struct wire_stdin head = WIRE_PAYLOAD(message, struct wire_stdin);

    if (message->run < keeper->run) /* it has ended meanwhile */
        return true;
    if (!keeper->live || message->run > keeper->run ||
        live_input_add(keeper->live, message->payload + sizeof(head), message->size - sizeof(head)) < 0) {
        keeper_leave(keeper, KEEPER_END_MESSAGE);
        return false;
    }
    keeper->live->has_ended = head.is_end != 0;
    return true;
}

/* Reads one message that comes while a program runs. Returns true if the run is cancelled. */
static bool hear(void *arg)
{
    struct keeper *keeper = arg;
    _cleanup_(wire_message_deinit) struct wire_message message;

    if (keeper_receive(keeper, &message) < 0)
        return true;
    if (message.type == WIRE_RETIRE)
        keeper->is_leaving = true;
    if (message.type == WIRE_STDIN)
        return !take_input(keeper, &message);
    if (message.type == WIRE_GO_ON && message.run == keeper->run && keeper->live)
        keeper->live->still_ms = 0;
    if (message.type == WIRE_STREAM && message.run == keeper->run)
        stream_add_output(keeper->stream);
    return message.type == WIRE_CANCEL && message.run == keeper->run;
}

void keeper_refuse(struct keeper *keeper, const struct fault *fault, bool is_stale)
{
    struct wire_refused refused = {
        .fault = *fault, .is_stale = is_stale, .keeps_cell = keeper->ready.is_made};

    if (!keeper->ready.is_made)
        keeper_reclaim_quietly(keeper);
    keeper->state = keeper->ready.is_made ? KEEPER_READY : KEEPER_EMPTY;
    keeper_tell(keeper, WIRE_REFUSED, &refused, sizeof(refused));
}

static int send_outcome(struct keeper *keeper, struct run_result *result)
{
    _cleanup_(pack_deinit) struct pack pack = {0};

    outcome_pack(&pack, result);
    if (pack_end(&pack) < 0)
        return pack_end(&pack);
    keeper_tell(keeper, WIRE_OUTCOME, pack.data, pack.size);
    return 0;
}

/* Runs a job that was checked. Returns 0 if the outcome was sent, or -errno with a fault. */
static int run_job(struct keeper *keeper, const struct job *job, const struct profile *profile,
                   struct fault *fault)
{
    _cleanup_(run_result_deinit) struct run_result result = {.verdict = VERDICT_ERROR};
    _cleanup_(plan_deinit) struct plan plan = {0};
    const struct plan_config config = {.job = job, .profile = profile, .machine = &keeper->host.machine};
    struct stream stream = {
        .socket = keeper->config->socket, .generation = keeper->config->generation, .run = keeper->run};
    struct run_io io = {.input = {.fd = -1, .live = keeper->live},
                        .sinks = {OUTPUT_KEPT, OUTPUT_KEPT},
                        .ready = &keeper->ready,
                        .compiler = &keeper->compiler,
                        .cancels = {{keeper->config->socket, POLLIN, hear, keeper}, {.fd = -1}}};
    int r;

    stream_open(&stream, &io, keeper->start.is_stream != 0);
    timing_start(&result.timing);
    r = plan_make(&plan, &config, fault);
    timing_mark(&result.timing, TIMING_HOST);
    if (r < 0)
        return r;
    keeper_be_busy(keeper, plan.run.limits.wall_ms + (plan.compiles ? plan.compile.limits.wall_ms : 0) +
                               (keeper->live ? keeper->live->still_ms : 0));
    keeper->stream = &stream;
    r = run_plan(&keeper->host, &plan, &io, &result, fault);
    keeper->stream = NULL;
    result.program = version_state(profile);
    if (r == 0)
        r = send_outcome(keeper, &result);
    return r < 0 && fault->kind == FAULT_NONE ? fault_memory(fault) : r;
}

static int open_input(struct keeper *keeper, struct fault *fault)
{
    keeper->live = calloc(1, sizeof(*keeper->live));
    if (!keeper->live)
        return fault_memory(fault);
    keeper->live->still_ms = keeper->start.still_ms < STILL_MOST_MS ? keeper->start.still_ms : STILL_MOST_MS;
    return 0;
}

int keeper_run_order(struct keeper *keeper, char *order, size_t size, const struct profile *profile,
                     struct fault *fault)
{
    struct job job;
    int r = order_parse(order, size, &job);

    if (r < 0)
        return fault_set(fault, FAULT_ORDER, r);
    job.profile = profile->name;
    r = job_check(&job, profile, fault);
    if (r == 0 && job.keeps_input_open)
        r = open_input(keeper, fault);
    if (r == 0)
        r = run_job(keeper, &job, profile, fault);
    free(steal(keeper->live));
    order_free_lists(&job);
    return r;
}
