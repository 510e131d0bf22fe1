/* SPDX-License-Identifier: MIT */
/* The kind of cell that a request asks for. */
#include "runner/front/front_cell.h"

#include <errno.h>
#include <string.h>

#include "runner/front/front.h"
#include "runner/front/front_keys.h"
#include "runner/front/front_run.h"
#include "runner/front/front_warm.h"

static const char *const words[N_FRONT_CELLS] = {
    [FRONT_CELL_COLD] = "cold", [FRONT_CELL_READY] = "ready", [FRONT_CELL_PARKED] = "parked"};

enum front_cell front_cell_read(struct http_slice text)
{
    for (enum front_cell cell = FRONT_CELL_COLD; cell < N_FRONT_CELLS; cell++)
        if (text.data && text.size == strlen(words[cell]) && memcmp(text.data, words[cell], text.size) == 0)
            return cell;
    return FRONT_CELL_ANY;
}

static int fail(const struct front_run *run, const char *member, const char *why, struct error *err)
{
    return error_set(err, -EINVAL, EX_DATAERR, member, FRONT_CELL_REFUSED "\"%s\": %s", words[run->cell],
                     why);
}

/* A run that is FRONT_FIT_NONE has a limit, a source or a file for which no interpreter waits: plan/parked.c.
 */
static int fail_fit(const struct front_run *run, struct error *err)
{
    const struct parked_command *usual = &run->load->warm[run->profile].command;
    const struct limits *limits = &run->plan.run.limits;

    if (limits->memory_bytes < usual->memory_bytes)
        return fail(run, "/limits/memory_bytes", "it is lower than the limit of the interpreters that wait",
                    err);
    if (limits->processes < usual->processes)
        return fail(run, "/limits/processes", "it is lower than the limit of the interpreters that wait",
                    err);
    return fail(run, run->plan.run.n_files > 1 ? "/files" : "/source",
                "its interpreter reads such a source or file as it starts, and a parked one has started",
                err);
}

static int check_parked(const struct front *front, const struct front_run *run, struct error *err)
{
    struct error why = {0};

    switch (front->load->warm[run->profile].state) {
    case FRONT_WARM_NONE:
        return fail(run, "/profile", "no interpreter of this profile waits", err);
    case FRONT_WARM_OFF:
        front_warm_tell(front, run->profile, &why);
        return fail(run, "/profile", why.what, err);
    default:
        return run->fit == FRONT_FIT_NONE ? fail_fit(run, err) : 0;
    }
}

/* Its own /proc/meminfo was written when the cell was made: run/ready.c. */
static bool shows_other_memory(const struct front_run *run)
{
    const struct profile *profile = &run->load->languages[run->profile].profile;

    return profile->has_proc_files && run->plan.run.limits.memory_bytes != profile->normal.memory_bytes;
}

int front_cell_check(const struct front *front, const struct front_run *run, struct error *err)
{
    if (run->cell == FRONT_CELL_ANY || run->cell == FRONT_CELL_COLD)
        return 0;
    if (front->load->config.cells.pools[run->profile].ceiling == 0)
        return fail(run, "/profile", "the configuration lets no cell of this profile wait (\"ceiling\")",
                    err);
    if (shows_other_memory(run))
        return fail(run, "/limits/memory_bytes",
                    "it is not the profile's own, which /proc/meminfo shows in the cells that wait", err);
    return run->cell == FRONT_CELL_PARKED ? check_parked(front, run, err) : 0;
}

static bool is_among(unsigned int key, const unsigned int *keys, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (keys[i] == key)
            return true;
    return false;
}

bool front_cell_is_there(const struct front *front, const struct front_run *run)
{
    unsigned int keys[POOL_KEYS_OF_RUN];
    const size_t n = front_keys_of_run(front, run, keys);
    const bool is_new = run->cell == FRONT_CELL_COLD;

    for (size_t i = 0; i < front->keepers.n; i++) {
        const struct front_keeper *keeper = &front->keepers.items[i];

        if (front_keeper_is_outdated(keeper))
            continue;
        if (is_new && keeper->state == FRONT_KEEPER_EMPTY)
            return true;
        if (keeper->state == FRONT_KEEPER_READY && is_among(keeper->key, keys, n) != is_new)
            return true;
    }
    return false;
}

void front_cell_refuse_parked(struct front *front, unsigned int profile)
{
    struct front_run *next;

    for (struct front_run *run = TAILQ_FIRST(&front->runs); run; run = next) {
        next = TAILQ_NEXT(run, entry);
        if (run->profile == profile && run->cell == FRONT_CELL_PARKED && front_run_waits(run))
            front_run_renew(front, run);
    }
}
