/* SPDX-License-Identifier: MIT */
/* Sends orders to a keeper. */
#include "runner/front/front_orders.h"

#include <string.h>

#include "runner/front/front.h"
#include "runner/front/front_input.h"
#include "runner/front/front_keys.h"
#include "runner/front/front_memory.h"
#include "runner/front/front_plan.h"
#include "runner/front/front_run.h"
#include "runner/front/front_variants.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"
#include "sandbox/plan/order.h"

#define SECOND_NS UINT64_C(1000000000)
#define MAKE_NS (20 * SECOND_NS)
#define ASK_NS (30 * SECOND_NS)      /* beyond the keeper's own limits for the commands */
#define COMPILER_NS (30 * SECOND_NS) /* more if a compiler is started ahead, too */
#define CHECK_NS (160 * SECOND_NS)   /* more if one is checked */
#define PATIENCE_NS (15 * SECOND_NS) /* beyond a run's own limits */

_Static_assert(sizeof(struct wire_version) == sizeof(struct wire_check), "questions have the same payload");

int front_keeper_tell(struct front_keeper *keeper, enum wire_type type, struct wire_message message)
{
    int r;

    message.type = type;
    message.generation = keeper->generation;
    message.fd = -1;
    r = wire_send(keeper->socket, &message);
    if (r < 0)
        front_keeper_lose(keeper);
    return r;
}

/* Returns true if a compiler is started ahead for the keeper's profile. */
static bool has_compiler(const struct front_keeper *keeper)
{
    return keeper->front->load->languages[keeper->profile].profile.compile_warm.parks;
}

/* A cell of another profile is given up for the run. Otherwise the keeper is one of its key even afterwards,
 * because it has kept something for its next cell (pool.h): also if it is empty now, and the run has a new
 * cell. */
static void note_key(struct front_keeper *keeper, const struct front_run *run)
{
    if (keeper->profile == run->profile)
        return;
    keeper->profile = run->profile;
    keeper->key = front_keys_of_profile(run->profile, false);
    keeper->parks = false;
}

void front_keeper_start(struct front_keeper *keeper, struct front_run *run)
{
    struct front *front = keeper->front;
    const uint64_t still_ms = run->job.keeps_input_open ? front->load->config.input.total_ms : 0;
    struct wire_start head = {.profile = run->profile,
                              .profiles_generation = run->load->generation,
                              .is_stream = run->events != NULL,
                              .still_ms = (uint32_t)still_ms};
    _cleanup_(freep) char *bytes = NULL;
    const struct limits *limits = &run->plan.run.limits;
    bool is_making = keeper->state == FRONT_KEEPER_MAKING;
    size_t size = 0;

    queue_start(&front->queue, &run->link);
    if (order_pack(&run->job, sizeof(head), &bytes, &size) < 0) {
        front_run_fail(front, run, NULL);
        return;
    }
    memcpy(bytes, &head, sizeof(head));
    run->number = ++front->n_runs;
    run->keeper = keeper;
    run->key = keeper->key;
    run->is_streamed = head.is_stream;
    run->is_kept = false;
    run->sent_ns = timing_now_ns();
    keeper->run = run;
    front->keepers.n_running++;
    front->keepers.n_async += run->link.is_async;
    front->keepers.memory_running += front_plan_cell_bytes(run);
    front_memory_reserve(front, run->reserved_bytes);
    if (!is_making)
        note_key(keeper, run);
    front_keeper_change(
        keeper, is_making ? FRONT_KEEPER_MAKING : FRONT_KEEPER_STARTING,
        (limits->wall_ms + still_ms + (run->plan.compiles ? run->plan.compile.limits.wall_ms : 0)) * 1000000 +
            PATIENCE_NS);
    if (front_keeper_tell(keeper, WIRE_START,
                          (struct wire_message){.run = run->number, .payload = bytes, .size = size}) == 0)
        front_input_send(run);
}

void front_keeper_make(struct front_keeper *keeper, unsigned int key)
{
    const struct front_key meaning = front_keys_meaning(keeper->front, key);
    const struct front_load *load = keeper->front->load;
    struct wire_make head = {meaning.profile, load->generation, meaning.parks, 0,
                             load->warm[meaning.profile].fingerprint};
    struct wire_message message = {.payload = (char *)&head, .size = sizeof(head)};

    if (meaning.variant) {
        memcpy(meaning.variant->order, &head, sizeof(head));
        message.payload = meaning.variant->order;
        message.size = meaning.variant->order_size;
    }
    keeper->profile = meaning.profile;
    keeper->key = key;
    keeper->parks = meaning.parks;
    front_keeper_change(keeper, FRONT_KEEPER_MAKING,
                        MAKE_NS + (meaning.parks && has_compiler(keeper) ? COMPILER_NS : 0));
    front_keeper_tell(keeper, WIRE_MAKE, message);
}

void front_keeper_drop(struct front_keeper *keeper)
{
    front_keeper_change(keeper, FRONT_KEEPER_RECLAIMING, MAKE_NS);
    front_keeper_tell(keeper, WIRE_DROP, (struct wire_message){.run = 0});
}

void front_keeper_ask(struct front_keeper *keeper, unsigned int profile, enum wire_type question)
{
    struct wire_version payload = {profile, keeper->front->load->generation};

    keeper->profile = profile;
    keeper->key = front_keys_of_profile(profile, false);
    keeper->parks = false;
    keeper->question = question;
    front_keeper_change(keeper, FRONT_KEEPER_ASKED,
                        ASK_NS + (question == WIRE_CHECK && has_compiler(keeper) ? CHECK_NS : 0));
    front_keeper_tell(keeper, question,
                      (struct wire_message){.payload = (char *)&payload, .size = sizeof(payload)});
}

void front_keeper_retire(struct front_keeper *keeper)
{
    front_keeper_change(keeper, FRONT_KEEPER_LEAVING, MAKE_NS);
    front_keeper_tell(keeper, WIRE_RETIRE, (struct wire_message){.run = 0});
}

void front_keepers_cancel(struct front_keeper *keeper)
{
    front_keeper_tell(keeper, WIRE_CANCEL, (struct wire_message){.run = keeper->run->number});
}
