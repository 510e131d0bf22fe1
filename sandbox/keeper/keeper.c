/* SPDX-License-Identifier: MIT */
/* The keeper. */
#include "sandbox/keeper/keeper.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"
#include "sandbox/cell/cgroup_figures.h"
#include "sandbox/cell/kept.h"
#include "sandbox/keeper/outcome.h"
#include "sandbox/keeper/rehearse.h"
#include "sandbox/keeper/stream.h"
#include "sandbox/keeper/wire.h"
#include "sandbox/plan/job_check.h"
#include "sandbox/plan/order.h"
#include "sandbox/run/ready.h"
#include "sandbox/run/run.h"
#include "sandbox/run/version.h"
#include "sandbox/warm/park.h"

/* A step may take so much longer than its own limits before the keeper counts as one that hangs. */
#define PATIENCE_NS (UINT64_C(10) * 1000000000)
#define IDLE_MS 1000
#define MOST_UNPARKED 5        /* after that, the keeper parks no more */
#define STILL_MOST_MS 86400000 /* as in the configuration */

_Static_assert((int)WIRE_STDIN_WINDOW == (int)LIVE_INPUT_BYTES,
               "the front can send what the keeper can take");

/* @host: as configured, with @kept. @profile: of the ready cell. @run: the current one; 0: none. @is_leaving:
 * retired, or @end is decided. @start: the message that began the run. @live: its input; NULL: its stdin is
 * not open. @stream: its stream; NULL: nothing runs. @n_unparked: how often in a row an interpreter could not
 * be parked. */
struct keeper {
    const struct keeper_config *config;
    struct host host;
    struct kept kept;
    enum wire_state state;
    struct ready ready;
    uint32_t profile;
    uint64_t run;
    struct wire_start start;
    struct live_input *live;
    struct stream *stream;
    unsigned int n_unparked;
    bool is_leaving;
    enum keeper_end end;
};

static void leave(struct keeper *keeper, enum keeper_end end)
{
    keeper->is_leaving = true;
    if (keeper->end == KEEPER_END_FINE)
        keeper->end = end;
}

/* Says until when the keeper may be busy, @more_ms from now. */
static void be_busy(const struct keeper *keeper, uint64_t more_ms)
{
    *keeper->config->busy_until_ns = timing_now_ns() + more_ms * 1000000 + PATIENCE_NS;
}

/* Sends a message. If the front does not read for a while, waits for it. */
static void tell(struct keeper *keeper, enum wire_type type, void *payload, size_t size)
{
    const struct wire_message message = {.type = type,
                                         .generation = keeper->config->generation,
                                         .run = keeper->run,
                                         .payload = payload,
                                         .size = size,
                                         .fd = -1};
    int r = wire_send_wait(keeper->config->socket, &message);

    if (r < 0)
        leave(keeper, r == -EPIPE ? KEEPER_END_FINE : KEEPER_END_SOCKET);
}

static void reclaim(struct keeper *keeper, struct wire_idle *idle)
{
    uint64_t begun_ns = timing_now_ns();

    be_busy(keeper, 0);
    idle->unreclaimed |= ready_reclaim(&keeper->ready);
    idle->reclaim_us = (uint32_t)((timing_now_ns() - begun_ns) / 1000);
    if (idle->unreclaimed != 0)
        leave(keeper, KEEPER_END_UNRECLAIMED);
    keeper->state = KEEPER_EMPTY;
}

static void reclaim_quietly(struct keeper *keeper)
{
    reclaim(keeper, &(struct wire_idle){0});
}

static bool is_known(const struct keeper *keeper, uint32_t profile, uint32_t generation)
{
    return generation == keeper->config->profiles_generation && profile < keeper->config->n_profiles;
}

/* Makes a cell, and parks the interpreter in it. If that fails, the cell is made once more, without it. */
static int make_cell(struct keeper *keeper, const struct profile *profile, struct fault *fault)
{
    struct fault unparked = {0};
    int r = ready_make(&keeper->ready, &keeper->host, profile, fault);

    if (r < 0 || !profile->warm.parks || keeper->n_unparked == MOST_UNPARKED)
        return r;
    if (park(&keeper->ready, &keeper->host, profile, &unparked) == 0) {
        keeper->n_unparked = 0;
        return 0;
    }
    keeper->n_unparked++;
    reclaim_quietly(keeper);
    return keeper->is_leaving ? -ECANCELED : ready_make(&keeper->ready, &keeper->host, profile, fault);
}

static void on_make(struct keeper *keeper, const struct wire_message *message)
{
    const struct wire_make make = WIRE_PAYLOAD(message, struct wire_make);
    struct wire_failed failed = {.profile = make.profile};
    struct wire_ready ready = {.profile = make.profile, .profiles_generation = make.profiles_generation};
    uint64_t begun_ns = timing_now_ns();
    int r = -ESTALE;

    reclaim_quietly(keeper);
    be_busy(keeper, 0);
    if (is_known(keeper, make.profile, make.profiles_generation))
        r = make_cell(keeper, &keeper->config->profiles[make.profile], &failed.fault);
    else
        fault_set(&failed.fault, FAULT_NONE, r);
    if (r < 0) {
        reclaim_quietly(keeper);
        tell(keeper, WIRE_FAILED, &failed, sizeof(failed));
        return;
    }
    keeper->state = KEEPER_READY;
    keeper->profile = make.profile;
    rehearse(&keeper->config->profiles[make.profile], &keeper->host.machine);
    ready.make_us = (timing_now_ns() - begun_ns) / 1000;
    ready.billed_bytes = cgroup_memory_bytes(&keeper->ready.cell.cgroup);
    ready.program = version_state(&keeper->config->profiles[make.profile]);
    tell(keeper, WIRE_READY, &ready, sizeof(ready));
}

/* Receives a message that is for this keeper, and that it may get now. Otherwise decides to leave and returns
 * -errno. */
static int receive(struct keeper *keeper, struct wire_message *ret)
{
    int r = wire_receive(keeper->config->socket, WIRE_TO_KEEPER, ret);

    if (r == 0 &&
        (ret->generation != keeper->config->generation || !(wire_rows[ret->type].states & keeper->state)))
        r = -EBADMSG;
    if (r < 0)
        leave(keeper, r == -EPIPE ? KEEPER_END_FINE : KEEPER_END_MESSAGE);
    return r;
}

/* Takes input. Returns true if the run goes on. */
static bool take_input(struct keeper *keeper, const struct wire_message *message)
{
    const struct wire_stdin head = WIRE_PAYLOAD(message, struct wire_stdin);

    if (message->run < keeper->run) /* it has ended meanwhile */
        return true;
    if (!keeper->live || message->run > keeper->run ||
        live_input_add(keeper->live, message->payload + sizeof(head), message->size - sizeof(head)) < 0) {
        leave(keeper, KEEPER_END_MESSAGE);
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

    if (receive(keeper, &message) < 0)
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

static void refuse(struct keeper *keeper, const struct fault *fault, bool is_stale)
{
    struct wire_refused refused = {
        .fault = *fault, .is_stale = is_stale, .keeps_cell = keeper->ready.is_made};

    if (!keeper->ready.is_made)
        reclaim_quietly(keeper);
    keeper->state = keeper->ready.is_made ? KEEPER_READY : KEEPER_EMPTY;
    tell(keeper, WIRE_REFUSED, &refused, sizeof(refused));
}

static int send_outcome(struct keeper *keeper, struct run_result *result)
{
    _cleanup_(pack_deinit) struct pack pack = {0};

    outcome_pack(&pack, result);
    if (pack_end(&pack) < 0)
        return pack_end(&pack);
    tell(keeper, WIRE_OUTCOME, pack.data, pack.size);
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
                        .cancels = {{keeper->config->socket, POLLIN, hear, keeper}, {.fd = -1}}};
    int r;

    stream_open(&stream, &io, keeper->start.is_stream != 0);
    timing_start(&result.timing);
    r = plan_make(&plan, &config, fault);
    timing_mark(&result.timing, TIMING_HOST);
    if (r < 0)
        return r;
    be_busy(keeper, plan.run.limits.wall_ms + (plan.compiles ? plan.compile.limits.wall_ms : 0) +
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

/* Checks the order and runs it. Returns 0 if the outcome was sent, or -errno with a fault. */
static int run_order(struct keeper *keeper, char *order, size_t size, const struct profile *profile,
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

static void on_start(struct keeper *keeper, const struct wire_message *message)
{
    const struct wire_start start = WIRE_PAYLOAD(message, struct wire_start);
    const struct profile *profile;
    struct wire_idle idle = {0};
    struct fault fault = {0};
    int r;

    if (message->run <= keeper->run) {
        leave(keeper, KEEPER_END_MESSAGE);
        return;
    }
    keeper->run = message->run;
    if (!is_known(keeper, start.profile, start.profiles_generation)) {
        refuse(keeper, &fault, true);
        return;
    }
    profile = &keeper->config->profiles[start.profile];
    if (keeper->state == KEEPER_READY &&
        (keeper->profile != start.profile || !park_is_current(&keeper->ready, &keeper->host, profile)))
        reclaim_quietly(keeper);
    keeper->state = KEEPER_RUNNING;
    keeper->start = start;
    be_busy(keeper, 0);
    r = run_order(keeper, message->payload + sizeof(start), message->size - sizeof(start), profile, &fault);
    if (r < 0) {
        refuse(keeper, &fault, false);
        return;
    }
    reclaim(keeper, &idle);
    tell(keeper, WIRE_IDLE, &idle, sizeof(idle));
}

static void on_drop(struct keeper *keeper, const struct wire_message *message)
{
    struct wire_idle idle = {0};

    (void)message;
    reclaim(keeper, &idle);
    tell(keeper, WIRE_IDLE, &idle, sizeof(idle));
}

/* Answers with the version, or without one if the command does not print one. A message, or the end of the
 * socket, ends the command, and is handled afterwards. */
static void on_version(struct keeper *keeper, const struct wire_message *message)
{
    const struct wire_version of = WIRE_PAYLOAD(message, struct wire_version);
    const struct cell_cancel cancels[CELL_N_CANCELS] = {{keeper->config->socket, POLLIN}, {.fd = -1}};
    struct version_config config = {
        .host = &keeper->host, .wall_ms = VERSION_WALL_MS, .may_be_unkept = true, .cancels = cancels};
    struct version version = {.text = ""};
    struct wire_version_is is = {0};
    char answer[sizeof(is) + VERSION_TEXT_ROOM];

    be_busy(keeper, VERSION_WALL_MS);
    if (is_known(keeper, of.profile, of.profiles_generation)) {
        config.profile = &keeper->config->profiles[of.profile];
        is.program = version_state(config.profile);
        version_get(&config, &version);
    }
    memcpy(answer, &is, sizeof(is));
    memcpy(answer + sizeof(is), version.text, sizeof(version.text));
    if (version.unreclaimed != 0)
        leave(keeper, KEEPER_END_UNRECLAIMED);
    tell(keeper, WIRE_VERSION_IS, answer, sizeof(is) + strlen(version.text));
}

static void on_retire(struct keeper *keeper, const struct wire_message *message)
{
    (void)message;
    leave(keeper, KEEPER_END_FINE);
}

/* Its run has ended. */
static void on_late(struct keeper *keeper, const struct wire_message *message)
{
    (void)keeper;
    (void)message;
}

static void (*const handlers[N_WIRE_TYPES])(struct keeper *keeper, const struct wire_message *message) = {
    [WIRE_MAKE] = on_make,  [WIRE_START] = on_start,     [WIRE_CANCEL] = on_late,
    [WIRE_STDIN] = on_late, [WIRE_GO_ON] = on_late,      [WIRE_STREAM] = on_late,
    [WIRE_DROP] = on_drop,  [WIRE_VERSION] = on_version, [WIRE_RETIRE] = on_retire,
};

/* Gives up the kept root of a keeper that has had nothing to do for a while. */
static void wait_idly(struct keeper *keeper)
{
    struct pollfd socket = {.fd = keeper->config->socket, .events = POLLIN};

    if (keeper->state == KEEPER_EMPTY && poll(&socket, 1, IDLE_MS) == 0)
        root_template_drop(&keeper->kept.root);
}

static void wait_for_message(struct keeper *keeper)
{
    _cleanup_(wire_message_deinit) struct wire_message message;

    *keeper->config->busy_until_ns = 0;
    wait_idly(keeper);
    if (receive(keeper, &message) == 0)
        handlers[message.type](keeper, &message);
}

enum keeper_end keeper_work(const struct keeper_config *config)
{
    struct keeper keeper = {
        .config = config, .host = *config->host, .state = KEEPER_EMPTY, .ready = READY_NONE};

    kept_open(&keeper.kept, &keeper.host.tree,
              &(struct lease){.runtime = keeper.host.settings.runtime, .n_ids = keeper.host.n_ids});
    keeper.host.kept = &keeper.kept;
    while (!keeper.is_leaving)
        wait_for_message(&keeper);
    reclaim_quietly(&keeper);
    kept_close(&keeper.kept);
    return keeper.end;
}
