/* SPDX-License-Identifier: MIT */
/* The keepers, as the front sees them. */
#include "runner/front/front_keepers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runner/front/front.h"
#include "runner/front/front_fault.h"
#include "runner/front/front_memory.h"
#include "runner/front/front_metrics.h"
#include "runner/front/front_plan.h"
#include "runner/front/front_pool.h"
#include "runner/front/front_run.h"
#include "runner/front/front_told.h"
#include "runner/front/front_versions.h"
#include "runner/front/front_warm.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"
#include "sandbox/keeper/wire.h"
#include "sandbox/plan/warm.h"

#define SECOND_NS UINT64_C(1000000000)
#define MAKE_NS (20 * SECOND_NS)
#define WAITED_NS (10 * SECOND_NS) /* an interpreter that has waited for so long was parked well */

void front_keeper_change(struct front_keeper *keeper, enum front_keeper_state state, uint64_t patience_ns)
{
    keeper->state = state;
    keeper->since_ns = timing_now_ns();
    if (state == FRONT_KEEPER_EMPTY || state == FRONT_KEEPER_ABSENT)
        keeper->billed_bytes = 0;
    keeper->deadline_ns = patience_ns == 0 ? UINT64_MAX : keeper->since_ns + patience_ns;
}

/* Takes the run away from its keeper. */
static struct front_run *release(struct front_keeper *keeper)
{
    struct front_keepers *all = &keeper->front->keepers;
    struct front_run *run = steal(keeper->run);

    if (!run)
        return NULL;
    front_standing_end(keeper->front, run);
    front_input_return(&run->input);
    run->keeper = NULL;
    all->n_running--;
    all->n_async -= run->link.is_async;
    all->memory_running -= front_plan_cell_bytes(run);
    front_memory_release(keeper->front, run->reserved_bytes);
    return run;
}

static void place_again(struct front_keeper *keeper)
{
    struct front_run *run = release(keeper);

    if (run)
        front_run_return(keeper->front, run);
}

void front_keeper_lose(struct front_keeper *keeper)
{
    bool is_leaving = keeper->state == FRONT_KEEPER_LEAVING;
    struct front_run *run;

    if (keeper->event)
        event_free(steal(keeper->event));
    fd_closep(&keeper->socket);
    front_log_reclaimed(keeper, NULL);
    if (keeper->state == FRONT_KEEPER_MAKING)
        place_again(keeper);
    if (keeper->state == FRONT_KEEPER_ASKED && keeper->question == WIRE_CHECK &&
        !front_keeper_is_outdated(keeper))
        front_warm_note_unknown(keeper->front, keeper->profile, &(struct fault){.kind = FAULT_NONE});
    run = release(keeper);
    front_keeper_change(keeper, is_leaving ? FRONT_KEEPER_LEAVING : FRONT_KEEPER_ABSENT, 0);
    if (run)
        front_run_fail(keeper->front, run, NULL);
    front_pool_decide(keeper->front);
    front_check_drain(keeper->front);
}

bool front_keeper_is_outdated(const struct front_keeper *keeper)
{
    return keeper->profiles != keeper->front->load->generation;
}

static void on_ready(struct front_keeper *keeper, const struct wire_message *message)
{
    const struct wire_ready ready = WIRE_PAYLOAD(message, struct wire_ready);

    if (!front_keeper_is_outdated(keeper)) {
        front_demand_note_make(keeper, &ready);
        front_warm_compare(keeper->front, keeper->profile, ready.fingerprint);
        front_versions_check(keeper->front, keeper->front->load, keeper->profile, ready.program);
    }
    keeper->billed_bytes = ready.billed_bytes;
    if (keeper->run)
        front_keeper_change(keeper, FRONT_KEEPER_STARTING, keeper->deadline_ns - keeper->since_ns);
    else
        front_keeper_change(keeper, FRONT_KEEPER_READY, 0);
}

static void on_failed(struct front_keeper *keeper, const struct wire_message *message)
{
    const struct wire_failed failed = WIRE_PAYLOAD(message, struct wire_failed);

    if (!front_fault_is_fine(&failed.fault, keeper)) {
        front_keeper_lose(keeper);
        return;
    }
    if (keeper->run)
        front_keeper_change(keeper, FRONT_KEEPER_STARTING, keeper->deadline_ns - keeper->since_ns);
    else
        front_keeper_change(keeper, FRONT_KEEPER_EMPTY, 0);
    if (!front_keeper_is_outdated(keeper))
        front_demand_note_failure(keeper, &failed.fault);
}

static void on_refused(struct front_keeper *keeper, const struct wire_message *message)
{
    const struct wire_refused refused = WIRE_PAYLOAD(message, struct wire_refused);
    struct front_run *run;

    if (!front_fault_is_fine(&refused.fault, keeper)) {
        front_keeper_lose(keeper);
        return;
    }
    if (refused.is_stale)
        place_again(keeper);
    run = release(keeper);
    front_keeper_change(keeper, refused.keeps_cell ? FRONT_KEEPER_READY : FRONT_KEEPER_EMPTY, 0);
    if (run)
        front_run_fail(keeper->front, run, &refused.fault);
}

static void on_outcome(struct front_keeper *keeper, const struct wire_message *message)
{
    struct front *front = keeper->front;
    struct front_run *run = release(keeper);

    front_keeper_change(keeper, FRONT_KEEPER_RECLAIMING, MAKE_NS);
    if (run)
        run->reclaimer = keeper;
    if (run && front_run_end(front, run, message->payload, message->size) < 0) {
        front_run_fail(front, run, NULL);
        front_keeper_lose(keeper);
    }
}

static void on_idle(struct front_keeper *keeper, const struct wire_message *message)
{
    const struct wire_idle idle = WIRE_PAYLOAD(message, struct wire_idle);

    front_log_reclaimed(keeper, &idle.reclaim_us);
    if (keeper->profile != FRONT_NO_PROFILE)
        front_metrics_note_reclaim(keeper->front, keeper->profile, idle.reclaim_us);
    latency_note(&keeper->front->tally.reclaims, timing_now_ns(), idle.reclaim_us);
    /* A keeper that could not reclaim its cell ends after this message. */
    keeper->front->metrics->reclaimed += idle.unreclaimed == 0;
    if (idle.unreclaimed == 0) {
        front_keeper_change(keeper, FRONT_KEEPER_EMPTY, 0);
    } else {
        keeper->front->tally.unreclaimed++;
        front_log_unreclaimed(keeper->front, keeper->slot, idle.unreclaimed);
    }
}

static void on_version_is(struct front_keeper *keeper, const struct wire_message *message)
{
    if (front_versions_take(keeper, message->payload, message->size) < 0)
        front_keeper_lose(keeper);
    else
        front_keeper_change(keeper, FRONT_KEEPER_EMPTY, 0);
}

static void on_checked(struct front_keeper *keeper, const struct wire_message *message)
{
    const struct wire_checked checked = WIRE_PAYLOAD(message, struct wire_checked);

    if (!front_fault_is_fine(&checked.fault, keeper)) {
        front_keeper_lose(keeper);
        return;
    }
    front_warm_take(keeper, &checked);
    front_keeper_change(keeper, FRONT_KEEPER_EMPTY, 0);
}

/* This can cross any message that the front has sent to a keeper with a cell, and then it is late: the keeper
 * takes that message without one. */
static void on_gone(struct front_keeper *keeper, const struct wire_message *message)
{
    const struct wire_gone gone = WIRE_PAYLOAD(message, struct wire_gone);
    struct fault fault = {0};

    if (keeper->state != FRONT_KEEPER_READY)
        return;
    if (!keeper->parks) {
        front_keeper_lose(keeper);
        return;
    }
    if (!front_keeper_is_outdated(keeper) && gone.why == PARK_OUTDATED)
        front_warm_renew(keeper->front, keeper->profile);
    else if (!front_keeper_is_outdated(keeper) && timing_now_ns() - keeper->since_ns < WAITED_NS) {
        fault_set_index(&fault, FAULT_PARKED_GONE, -ECHILD, gone.why);
        front_demand_note_failure(keeper, &fault);
    }
    front_keeper_change(keeper, FRONT_KEEPER_EMPTY, 0);
}

/* @states: a bit for each enum front_keeper_state. @told: for a message about the keeper's run. */
static const struct {
    unsigned int states;
    void (*handle)(struct front_keeper *keeper, const struct wire_message *message);
    int (*told)(struct front_run *run, const struct wire_message *message);
} permitted[N_WIRE_TYPES] = {
    [WIRE_READY] = {1 << FRONT_KEEPER_MAKING, on_ready},
    [WIRE_FAILED] = {1 << FRONT_KEEPER_MAKING, on_failed},
    [WIRE_REFUSED] = {1 << FRONT_KEEPER_STARTING, on_refused},
    [WIRE_STARTED] = {1 << FRONT_KEEPER_STARTING, NULL, front_told_start},
    [WIRE_CHUNK] = {1 << FRONT_KEEPER_STARTING, NULL, front_told_output},
    [WIRE_READING] = {1 << FRONT_KEEPER_STARTING, NULL, front_told_reading},
    [WIRE_TAKEN] = {1 << FRONT_KEEPER_STARTING, NULL, front_told_taken},
    [WIRE_BEAT] = {1 << FRONT_KEEPER_STARTING, NULL, front_told_beat},
    [WIRE_OUTCOME] = {1 << FRONT_KEEPER_STARTING, on_outcome},
    [WIRE_IDLE] = {1 << FRONT_KEEPER_RECLAIMING, on_idle},
    [WIRE_VERSION_IS] = {1 << FRONT_KEEPER_ASKED, on_version_is},
    [WIRE_CHECKED] = {1 << FRONT_KEEPER_ASKED, on_checked},
    [WIRE_GONE] = {1 << FRONT_KEEPER_READY | 1 << FRONT_KEEPER_STARTING | 1 << FRONT_KEEPER_MAKING |
                       1 << FRONT_KEEPER_RECLAIMING | 1 << FRONT_KEEPER_LEAVING,
                   on_gone},
};

/* Handles one message. Returns false if there is none, or if the keeper is lost. */
static bool hear(struct front_keeper *keeper)
{
    _cleanup_(wire_message_deinit) struct wire_message message;
    int r = wire_receive(keeper->socket, WIRE_FROM_KEEPER, &message);

    if (r == -EAGAIN)
        return false;
    if (r < 0 || message.generation != keeper->generation ||
        !(permitted[message.type].states & 1U << keeper->state) ||
        (keeper->run && keeper->state == FRONT_KEEPER_STARTING && message.type != WIRE_GONE &&
         message.run != keeper->run->number)) {
        front_keeper_lose(keeper);
        return false;
    }
    if (permitted[message.type].handle)
        permitted[message.type].handle(keeper, &message);
    else if (permitted[message.type].told(keeper->run, &message) < 0)
        front_keeper_lose(keeper);
    front_pool_decide(keeper->front);
    return keeper->socket >= 0;
}

static void on_message(evutil_socket_t fd, short what, void *arg)
{
    (void)fd;
    (void)what;
    while (hear(arg))
        ;
}

int front_keepers_add(struct front *front, unsigned int slot, uint32_t generation, int socket /* takes */)
{
    struct front_keeper *keeper = slot < front->keepers.n ? &front->keepers.items[slot] : NULL;

    if (!keeper) {
        close(socket);
        return -EBADMSG;
    }
    /* An outcome can still be in the old socket. */
    if (keeper->socket >= 0)
        while (hear(keeper))
            ;
    if (keeper->socket >= 0)
        front_keeper_lose(keeper);
    keeper->generation = generation;
    keeper->profiles = front->load->generation;
    keeper->profile = FRONT_NO_PROFILE;
    keeper->socket = socket;
    keeper->event = event_new(front->base, socket, EV_READ | EV_PERSIST, on_message, keeper);
    if (!keeper->event || event_add(keeper->event, NULL) < 0) {
        front_keeper_lose(keeper);
        return -ENOMEM;
    }
    front_keeper_change(keeper, FRONT_KEEPER_EMPTY, 0);
    front_pool_decide(front);
    return 0;
}

void front_keepers_note_pause(struct front *front, unsigned int slot, uint32_t generation,
                              unsigned int pause_ms)
{
    struct front_keeper *keeper = slot < front->keepers.n ? &front->keepers.items[slot] : NULL;

    if (!keeper || keeper->generation != generation)
        return;
    keeper->back_ns = timing_now_ns() + pause_ms * UINT64_C(1000000);
    if (keeper->state == FRONT_KEEPER_LEAVING)
        front_keeper_change(keeper, FRONT_KEEPER_ABSENT, 0);
}

void front_keepers_renumber(struct front *front, const unsigned int *map)
{
    for (size_t i = 0; i < front->keepers.n; i++) {
        struct front_keeper *keeper = &front->keepers.items[i];

        if (keeper->profile != FRONT_NO_PROFILE)
            keeper->profile = map[keeper->profile];
    }
}

void front_keepers_look(struct front *front)
{
    uint64_t now_ns = timing_now_ns();

    for (size_t i = 0; i < front->keepers.n; i++) {
        struct front_keeper *keeper = &front->keepers.items[i];
        struct wire_keeper stuck = {keeper->slot, keeper->generation};

        if (keeper->socket < 0 || keeper->deadline_ns > now_ns)
            continue;
        wire_send(front->warden,
                  &(struct wire_message){
                      .type = WIRE_STUCK, .payload = (char *)&stuck, .size = sizeof(stuck), .fd = -1});
        front_keeper_lose(keeper);
    }
}

int front_keepers_init(struct front *front, size_t n)
{
    struct front_keepers *keepers = &front->keepers;

    keepers->items = calloc(n, sizeof(*keepers->items));
    if (!keepers->items)
        return -ENOMEM;
    keepers->n = n;
    for (size_t i = 0; i < n; i++)
        keepers->items[i] = (struct front_keeper){.front = front,
                                                  .slot = (unsigned int)i,
                                                  .socket = -1,
                                                  .profile = FRONT_NO_PROFILE,
                                                  .deadline_ns = UINT64_MAX};
    return 0;
}

void front_keepers_deinit(struct front *front)
{
    struct front_keepers *keepers = &front->keepers;

    for (size_t i = 0; i < keepers->n; i++) {
        if (keepers->items[i].event)
            event_free(keepers->items[i].event);
        fd_closep(&keepers->items[i].socket);
        front_log_reclaimed(&keepers->items[i], NULL);
    }
    free(keepers->items);
    *keepers = (struct front_keepers){.items = NULL};
}
