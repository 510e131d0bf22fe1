/* SPDX-License-Identifier: MIT */
/* The pool's first rule: how many cells wait. */
#include "runner/front/pool_targets.h"

#include <math.h>

#define NONE ((size_t)-1)
#define RARE (1.0 / 600) /* arrivals in a second that are too few for a cell to wait for them */

static bool is_paused(const struct pool_view *view, const struct pool_key *key)
{
    return !key->is_enabled || key->paused_until_ns > view->now_ns;
}

/* Returns the cells that the key has even if none are used up. */
static unsigned int least_of(const struct pool_key *key)
{
    unsigned int wanted = key->wanted < key->ceiling ? key->wanted : key->ceiling;

    return key->floor > wanted ? key->floor : wanted;
}

/* Returns the number of cells that are used up while one is made, with two standard deviations of a Poisson
 * process for chance. */
static unsigned int target_of(const struct pool_view *view, const struct pool_key *key)
{
    double mean = key->rate < RARE ? 0 : key->rate * (double)key->make_us / 1e6,
           wanted = ceil(mean + 2 * sqrt(mean));

    if (is_paused(view, key) || view->is_draining || key->bytes > view->waiting_bytes)
        return 0;
    if (wanted < least_of(key))
        return least_of(key);
    return wanted > key->ceiling ? key->ceiling : (unsigned int)wanted;
}

static size_t count_alive(const struct pool_view *view)
{
    size_t n = 0;

    for (size_t i = 0; i < view->n_keepers; i++)
        n += view->keepers[i].state != POOL_ABSENT;
    return n;
}

/* Returns true if @key rather gives up a cell than @best, which is as far above what it should have: a cell
 * for which no run waits, or else the larger one. */
static bool is_rather_given_up(const struct pool_key *key, const struct pool_key *best)
{
    return (key->wanted > 0) != (best->wanted > 0) ? key->wanted == 0 : key->bytes > best->bytes;
}

/* Returns the key that gives up a waiting cell: the one that is furthest above its floor and the runs that
 * can have no other cell; of equal ones, the one that rather gives one up. Returns NONE if no key has one,
 * or, if memory is short, one that takes memory.
 */
static size_t find_richest(const struct pool_view *view, const unsigned int *targets, bool is_short)
{
    size_t best = NONE;
    long most = 0;

    for (size_t i = 0; i < view->n_keys; i++) {
        const struct pool_key *key = &view->keys[i];
        long above = (long)targets[i] - (long)key->floor - (long)key->wanted;

        if (targets[i] == 0 || (is_short && key->bytes == 0))
            continue;
        if (best == NONE || above > most || (above == most && is_rather_given_up(key, &view->keys[best]))) {
            best = i;
            most = above;
        }
    }
    return best;
}

void pool_targets(const struct pool_view *view, unsigned int *ret)
{
    size_t alive = count_alive(view), room = alive > view->may_run ? alive - view->may_run : 0, sum = 0;
    uint64_t bytes = 0;

    for (size_t i = 0; i < view->n_keys; i++) {
        ret[i] = target_of(view, &view->keys[i]);
        sum += ret[i];
        bytes += ret[i] * view->keys[i].bytes;
    }
    while (sum > room || bytes > view->waiting_bytes) {
        size_t key = find_richest(view, ret, bytes > view->waiting_bytes);

        if (key == NONE)
            return;
        ret[key]--;
        sum--;
        bytes -= view->keys[key].bytes;
    }
}
