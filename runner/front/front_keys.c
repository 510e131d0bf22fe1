/* SPDX-License-Identifier: MIT */
/* The keys of the pool. */
#include "runner/front/front_keys.h"

#include "runner/front/front.h"
#include "runner/front/front_run.h"
#include "runner/front/front_variants.h"
#include "runner/front/front_warm.h"

_Static_assert(2 * LOAD_MOST_PROFILES + VARIANTS_ROOM <= POOL_KEYS_ROOM, "there is room for all keys");

unsigned int front_keys_of_profile(unsigned int profile, bool parks)
{
    return 2 * profile + parks;
}

static unsigned int first_of_variants(const struct front *front)
{
    return 2 * (unsigned int)front->load->n_languages;
}

unsigned int front_keys_of_variant(const struct front *front, unsigned int index)
{
    return first_of_variants(front) + index;
}

unsigned int front_keys_usual(const struct front *front, unsigned int profile)
{
    return front_keys_of_profile(profile, front_warm_is_on(front, profile));
}

size_t front_keys_count(const struct front *front)
{
    return first_of_variants(front) + front->variants.n;
}

struct front_key front_keys_meaning(const struct front *front, unsigned int key)
{
    unsigned int first = first_of_variants(front);
    const struct variant *variant = key < first ? NULL : &front->variants.items[key - first];

    return variant ? (struct front_key){variant->profile, true, variant}
                   : (struct front_key){key / 2, key % 2, NULL};
}

bool front_keys_allow(const struct front *front, unsigned int key)
{
    const struct front_key meaning = front_keys_meaning(front, key);

    if (meaning.variant &&
        (!meaning.variant->command.argv || meaning.variant->is_ending || meaning.variant->is_off))
        return false;
    return !switches_have_disabled(&front->switches, front->load->languages[meaning.profile].profile.name) &&
           (!meaning.parks || front_warm_is_on(front, meaning.profile));
}

size_t front_keys_of_run(const struct front *front, const struct front_run *run, unsigned int *ret)
{
    bool is_on =
        run->fit != FRONT_FIT_NONE && run->cell != FRONT_CELL_READY && front_warm_is_on(front, run->profile);
    int variant = is_on && run->fit == FRONT_FIT_OTHER ? front_variants_find(front, run) : -1;
    size_t n = 0;

    if (is_on && run->fit == FRONT_FIT_USUAL)
        ret[n++] = front_keys_of_profile(run->profile, true);
    if (variant >= 0 && !front->variants.items[variant].is_off)
        ret[n++] = front_keys_of_variant(front, (unsigned int)variant);
    if (run->cell != FRONT_CELL_PARKED)
        ret[n++] = front_keys_of_profile(run->profile, false);
    return n;
}

bool front_keys_are_used(const struct front *front, unsigned int key)
{
    for (size_t i = 0; i < front->keepers.n; i++) {
        const struct front_keeper *keeper = &front->keepers.items[i];

        if ((keeper->state == FRONT_KEEPER_MAKING || keeper->state == FRONT_KEEPER_READY) &&
            !front_keeper_is_outdated(keeper) && keeper->key == key)
            return true;
    }
    return false;
}
