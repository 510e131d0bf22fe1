/* SPDX-License-Identifier: MIT */
/* Finds keepers. */
#include "runner/front/front_places.h"

#include "runner/front/front.h"
#include "sandbox/base/timing.h"

#define SECOND_NS UINT64_C(1000000000)

bool front_places_can_run(const struct front *front)
{
    if (front->load->config.cells.running == 0)
        return false;
    for (size_t i = 0; i < front->keepers.n; i++)
        if (front->keepers.items[i].state != FRONT_KEEPER_ABSENT)
            return true;
    return false;
}

struct front_keeper *front_places_empty(struct front *front)
{
    struct front_keeper *best = NULL;

    for (size_t i = 0; i < front->keepers.n; i++) {
        struct front_keeper *keeper = &front->keepers.items[i];

        if (keeper->state == FRONT_KEEPER_EMPTY && !front_keeper_is_outdated(keeper) &&
            (!best || keeper->since_ns < best->since_ns))
            best = keeper;
    }
    return best;
}

struct front_keeper *front_places_idle(struct front *front)
{
    for (size_t i = 0; i < front->keepers.n; i++)
        if (front->keepers.items[i].state == FRONT_KEEPER_MAKING ||
            front->keepers.items[i].state == FRONT_KEEPER_ASKED)
            return NULL;
    return front_places_empty(front);
}

uint64_t front_places_back_s(const struct front *front)
{
    const uint64_t now_ns = timing_now_ns();
    uint64_t first_ns = UINT64_MAX;

    for (size_t i = 0; i < front->keepers.n; i++) {
        const struct front_keeper *keeper = &front->keepers.items[i];

        if (keeper->state != FRONT_KEEPER_ABSENT)
            return 0;
        if (keeper->back_ns > now_ns && keeper->back_ns < first_ns)
            first_ns = keeper->back_ns;
    }
    return first_ns == UINT64_MAX ? 0 : (first_ns - now_ns + SECOND_NS - 1) / SECOND_NS;
}
