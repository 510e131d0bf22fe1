/* SPDX-License-Identifier: MIT */
/* Other commands for which interpreters wait. */
#include "runner/front/front_variants.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>

#include "runner/front/front.h"
#include "runner/front/front_demand.h"
#include "runner/front/front_keys.h"
#include "runner/front/front_run.h"
#include "runner/front/front_warm.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"
#include "sandbox/base/timing.h"
#include "sandbox/keeper/wire.h"
#include "sandbox/plan/order.h"

#define MINUTE_NS UINT64_C(60000000000)
#define UNUSED_NS (10 * MINUTE_NS) /* after that, a variant ends */

static bool has_command(const struct variant *variant, const struct front_run *run)
{
    return variant->command.argv && !variant->is_ending && variant->profile == run->profile &&
           strv_equal(variant->command.argv, run->plan.run.argv) &&
           strv_equal(variant->command.env, run->plan.run.env);
}

int front_variants_find(const struct front *front, const struct front_run *run)
{
    for (unsigned int i = 0; i < front->variants.n; i++)
        if (has_command(&front->variants.items[i], run))
            return (int)i;
    return -1;
}

static void add_texts(struct sha256_ctx *hash, char *const *texts)
{
    size_t n = strv_length(texts);

    sha256_update(hash, sizeof(n), (const uint8_t *)&n);
    for (size_t i = 0; i < n; i++)
        sha256_update(hash, strlen(texts[i]) + 1, (const uint8_t *)texts[i]);
}

static uint64_t digest_of(const struct front_run *run)
{
    struct sha256_ctx hash;
    uint64_t digest;
    uint8_t bytes[sizeof(digest)];

    sha256_init(&hash);
    sha256_update(&hash, sizeof(run->profile), (const uint8_t *)&run->profile);
    add_texts(&hash, run->plan.run.argv);
    add_texts(&hash, run->plan.run.env);
    sha256_digest(&hash, sizeof(bytes), bytes);
    memcpy(&digest, bytes, sizeof(digest));
    return digest;
}

/* Returns the candidate with @digest, or the one that was asked for least recently, which becomes it. */
static struct variant_candidate *candidate_of(struct variants *variants, uint64_t digest)
{
    struct variant_candidate *oldest = &variants->candidates[0];

    for (size_t i = 0; i < VARIANTS_CANDIDATES; i++) {
        struct variant_candidate *candidate = &variants->candidates[i];

        if (candidate->digest == digest)
            return candidate;
        if (candidate->asked_ns[VARIANTS_ASKED - 1] < oldest->asked_ns[VARIANTS_ASKED - 1])
            oldest = candidate;
    }
    *oldest = (struct variant_candidate){.digest = digest};
    return oldest;
}

/* Returns true if the command has been asked for often enough. */
static bool note_candidate(struct front *front, const struct front_run *run, uint64_t now_ns)
{
    struct variant_candidate *candidate = candidate_of(&front->variants, digest_of(run));

    memmove(candidate->asked_ns, candidate->asked_ns + 1,
            sizeof(candidate->asked_ns) - sizeof(*candidate->asked_ns));
    candidate->asked_ns[VARIANTS_ASKED - 1] = now_ns;
    if (candidate->asked_ns[0] == 0 || candidate->asked_ns[0] + MINUTE_NS <= now_ns)
        return false;
    *candidate = (struct variant_candidate){.digest = 0};
    return true;
}

/* Ends the variant of the profile that was asked for least recently, if the profile has as many as it may. */
static void make_room(struct variants *variants, unsigned int profile)
{
    struct variant *oldest = NULL;
    size_t n = 0;

    for (size_t i = 0; i < variants->n; i++) {
        struct variant *variant = &variants->items[i];

        if (!variant->command.argv || variant->is_ending || variant->profile != profile)
            continue;
        n++;
        if (!oldest || variant->asked_ns < oldest->asked_ns)
            oldest = variant;
    }
    if (n >= VARIANTS_OF_PROFILE)
        oldest->is_ending = true;
}

static void variant_deinit(struct variant *variant)
{
    parked_command_deinit(&variant->command);
    free(variant->order);
    *variant = (struct variant){.order = NULL};
}

static int fill(struct variant *variant, const struct front_run *run)
{
    /* What the command depends on: plan/plan.c. */
    const struct job job = {
        .args = run->job.args, .env = run->job.env, .asked = {.memory_bytes = run->job.asked.memory_bytes}};
    int r = order_pack(&job, sizeof(struct wire_make), &variant->order, &variant->order_size);

    if (r < 0)
        return r;
    variant->profile = run->profile;
    if (variant->order_size > WIRE_MAKE_BYTES)
        return -EFBIG;
    return parked_command_take(&variant->command, &run->plan, STAGE_RUN);
}

/* Without a place or memory, it can become one at the next request. */
static void add(struct front *front, const struct front_run *run, uint64_t now_ns)
{
    for (unsigned int i = 0; i < VARIANTS_ROOM; i++) {
        struct variant *variant = &front->variants.items[i];

        if (variant->command.argv)
            continue;
        make_room(&front->variants, run->profile);
        if (fill(variant, run) < 0) {
            variant_deinit(variant);
            return;
        }
        variant->asked_ns = now_ns;
        if (i == front->variants.n)
            front->variants.n++;
        return;
    }
}

void front_variants_note(struct front *front, const struct front_run *run)
{
    uint64_t now_ns = timing_now_ns();
    int index;

    if (run->fit != FRONT_FIT_OTHER || !front_warm_is_on(front, run->profile) ||
        run->cell == FRONT_CELL_COLD || run->cell == FRONT_CELL_READY)
        return;
    index = front_variants_find(front, run);
    if (index >= 0) {
        front->variants.items[index].asked_ns = now_ns;
        return;
    }
    if (run->cell == FRONT_CELL_PARKED || note_candidate(front, run, now_ns))
        add(front, run, now_ns);
}

void front_variants_tidy(struct front *front)
{
    struct variants *variants = &front->variants;
    uint64_t now_ns = timing_now_ns();

    for (unsigned int i = 0; i < variants->n; i++) {
        struct variant *variant = &variants->items[i];

        variant->is_ending |= variant->command.argv && variant->asked_ns + UNUSED_NS < now_ns;
        if (!variant->is_ending || front_keys_are_used(front, front_keys_of_variant(front, i)))
            continue;
        variant_deinit(variant);
        front_demand_forget(front, front_keys_of_variant(front, i));
    }
    while (variants->n > 0 && !variants->items[variants->n - 1].command.argv)
        variants->n--;
}

void front_variants_give_up(struct front *front, const struct variant *variant)
{
    front->variants.items[variant - front->variants.items].is_off = true;
}

void front_variants_deinit(struct variants *variants)
{
    for (size_t i = 0; i < variants->n; i++)
        variant_deinit(&variants->items[i]);
    *variants = (struct variants){.items = {{.profile = 0}}};
}
