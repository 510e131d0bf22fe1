/* SPDX-License-Identifier: MIT */
/* Replaces the configuration and the profiles while the service runs. */
#include "runner/front/front_reload.h"

#include "runner/front/front.h"
#include "runner/front/front_run.h"
#include "runner/front/front_versions.h"

/* Profiles are numbered by their order, in which one can have come or gone. */
static void renumber(struct front *front, const struct front_load *old)
{
    unsigned int map[LOAD_MOST_PROFILES];

    for (size_t i = 0; i < old->n_languages; i++) {
        int index = front_load_find(front->load, old->languages[i].profile.name);

        map[i] = index < 0 ? FRONT_NO_PROFILE : (unsigned int)index;
    }
    front_demand_renumber(front, map, old->n_languages);
    front_keepers_renumber(front, map);
}

static void renew_runs(struct front *front)
{
    struct front_run *next;

    for (struct front_run *run = TAILQ_FIRST(&front->runs); run; run = next) {
        next = TAILQ_NEXT(run, entry);
        if (front_run_waits(run))
            front_run_renew(front, run);
    }
}

void front_reload(struct front *front, struct front_load *load)
{
    struct front_load *old = front->load;

    front->load = load;
    front_versions_keep(load, old);
    renumber(front, old);
    front->queue.most = load->config.queue.length;
    front->queue.most_bytes = load->config.queue.bytes;
    renew_runs(front);
    front_standing_renew(front);
    front_load_unref(old);
    front_pool_decide(front);
}
