/* SPDX-License-Identifier: MIT */
/* The defaults that depend on something, and the rules between members. */
#include "runner/front/config_settle.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "runner/front/pool.h"
#include "runner/text/json.h"
#include "runner/text/nearest.h"

#define FLOOR 1
#define CEILING 8
#define MOST_DEFAULT_RUNNING 512 /* half of the most keepers */
#define MIB UINT64_C(1048576)

static uint64_t least_of(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static uint64_t most_of(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static void set_default(uint64_t *number, uint64_t normal)
{
    if (*number == CONFIG_UNSET)
        *number = normal;
}

static void enter(struct json_in *in, const char *section, const char *name)
{
    json_in_enter(in, section);
    json_in_enter(in, name);
}

static int refuse_profile(struct json_in *in, const char *name, const struct config_host *host)
{
    struct nearest nearest;
    int r;

    enter(in, "cells", "profiles");
    json_in_enter(in, name);
    r = json_in_fail(in, "is not a profile of this machine");
    nearest_init(&nearest, name);
    for (size_t i = 0; i < host->n_profiles; i++)
        nearest_offer(&nearest, host->profiles[i].name);
    if (nearest.word)
        error_hint(in->err, "did you mean \"%s\"? list all profiles (exrun profile list)", nearest.word);
    else
        error_hint(in->err, "remove it, or list all profiles (exrun profile list)");
    return r;
}

/* Copies a given floor and ceiling to the pool of the same profile. If only the floor is given, the ceiling
 * is not below it. */
static int settle_pool(struct json_in *in, struct config *config, const struct config_host *host,
                       const struct config_profile *profile)
{
    struct config_pool *pool;
    size_t i = 0;

    while (i < host->n_profiles && strcmp(host->profiles[i].name, profile->name) != 0)
        i++;
    if (i == host->n_profiles)
        return refuse_profile(in, profile->name, host);
    pool = &config->cells.pools[i];
    *pool = profile->pool;
    set_default(&pool->ceiling, pool->floor == CONFIG_UNSET ? CEILING : most_of(CEILING, pool->floor));
    if (pool->floor == CONFIG_UNSET || pool->floor <= pool->ceiling)
        return 0;
    enter(in, "cells", "profiles");
    enter(in, profile->name, "floor");
    json_in_fail(in, "is %" PRIu64 ", above the ceiling of %" PRIu64, pool->floor, pool->ceiling);
    error_hint(in->err, "lower the floor, or raise the ceiling");
    return -EINVAL;
}

/* Leaves floors unset that are not given, because they depend on the number of keepers. */
static int settle_pools(struct json_in *in, struct config *config, const struct config_host *host)
{
    int r = 0;

    config->cells.pools = calloc(host->n_profiles + 1, sizeof(*config->cells.pools));
    if (!config->cells.pools)
        return error_memory(in->err);
    for (size_t i = 0; i < host->n_profiles; i++)
        config->cells.pools[i] = (struct config_pool){CONFIG_UNSET, CEILING};
    for (size_t i = 0; i < config->cells.n_profiles && r == 0; i++)
        r = settle_pool(in, config, host, &config->cells.profiles[i]);
    return r;
}

/* Returns a pool's floor if there are enough keepers. */
static uint64_t wanted_floor(const struct config_pool *pool)
{
    return pool->floor == CONFIG_UNSET ? least_of(FLOOR, pool->ceiling) : pool->floor;
}

static int settle_keepers(struct json_in *in, struct config *config, const struct config_host *host)
{
    uint64_t running = least_of(2 * host->processors, MOST_DEFAULT_RUNNING), floors = 0;

    if (config->cells.keepers != CONFIG_UNSET)
        running = least_of(running, most_of(config->cells.keepers - 1, 1));
    set_default(&config->cells.running, running);
    for (size_t i = 0; i < host->n_profiles; i++)
        floors += wanted_floor(&config->cells.pools[i]);
    set_default(&config->cells.keepers,
                least_of(config->cells.running + most_of(host->processors, 2) + floors, POOL_MOST_KEEPERS));
    set_default(&config->input.waiting, least_of(config->cells.keepers / 4, config->cells.running / 2));
    if (config->cells.keepers > config->cells.running)
        return 0;
    enter(in, "cells", "keepers");
    json_in_fail(in,
                 "is %" PRIu64 ", not above the %" PRIu64
                 " of \"running\", so no cell would be ready for the next run",
                 config->cells.keepers, config->cells.running);
    error_hint(in->err, "use at least %" PRIu64 ", or lower \"running\"", config->cells.running + 1);
    return -EINVAL;
}

/* Gives the pools without a floor theirs, as far as there are keepers. */
static int settle_floors(struct json_in *in, struct config *config, const struct config_host *host)
{
    uint64_t room = config->cells.keepers - config->cells.running, floors = 0;

    for (size_t i = 0; i < host->n_profiles; i++)
        if (config->cells.pools[i].floor != CONFIG_UNSET)
            floors += config->cells.pools[i].floor;
    if (floors > room) {
        enter(in, "cells", "profiles");
        json_in_fail(in, "has floors of %" PRIu64 " together, but \"keepers\" less \"running\" is %" PRIu64,
                     floors, room);
        if (config->cells.running + floors <= POOL_MOST_KEEPERS)
            error_hint(in->err, "lower the floors, or raise \"keepers\" to %" PRIu64,
                       config->cells.running + floors);
        else
            error_hint(in->err, "lower the floors, because there are at most %d keepers", POOL_MOST_KEEPERS);
        return -EINVAL;
    }
    for (size_t i = 0; i < host->n_profiles; i++) {
        struct config_pool *pool = &config->cells.pools[i];

        if (pool->floor != CONFIG_UNSET)
            continue;
        pool->floor = least_of(wanted_floor(pool), room - floors);
        floors += pool->floor;
    }
    return 0;
}

/* A run whose memory limit is above the bound would wait for ever. */
static int settle_memory(struct json_in *in, struct config *config, const struct config_host *host)
{
    const struct config_host_profile *largest = NULL;

    for (size_t i = 0; i < host->n_profiles; i++)
        if (!largest || host->profiles[i].memory_bytes > largest->memory_bytes)
            largest = &host->profiles[i];
    set_default(&config->cells.memory_bytes,
                most_of(host->memory_bytes / 2, largest ? largest->memory_bytes : 0));
    if (!largest || config->cells.memory_bytes >= largest->memory_bytes)
        return 0;
    enter(in, "cells", "memory_bytes");
    json_in_fail(in, "is %" PRIu64 ", but a run of the profile %.64s can need %" PRIu64,
                 config->cells.memory_bytes, largest->name, largest->memory_bytes);
    error_hint(in->err, "use at least %" PRIu64 ", or lower the profile's \"max\"", largest->memory_bytes);
    return -EINVAL;
}

static int check_body(struct json_in *in, const struct config *config, uint64_t bound, const char *name)
{
    if (config->http.body_bytes <= bound)
        return 0;
    enter(in, "http", "body_bytes");
    json_in_fail(in,
                 "is %" PRIu64 ", above the %" PRIu64 " of %s, so the largest body would always be refused",
                 config->http.body_bytes, bound, name);
    error_hint(in->err, "lower it, or raise %s", name);
    return -EINVAL;
}

/* A body that is larger than a bound on the sum of bodies would never be accepted. */
static int settle_bodies(struct json_in *in, struct config *config)
{
    uint64_t given = config->http.body_bytes == CONFIG_UNSET ? 0 : config->http.body_bytes;
    int r;

    set_default(&config->queue.bytes, most_of(64 * MIB, given));
    set_default(&config->http.bodies_bytes, most_of(128 * MIB, given));
    set_default(&config->http.body_bytes,
                least_of(64 * MIB, least_of(config->queue.bytes, config->http.bodies_bytes)));
    r = check_body(in, config, config->queue.bytes, "queue.bytes");
    return r < 0 ? r : check_body(in, config, config->http.bodies_bytes, "http.bodies_bytes");
}

/* The service's own processes need what the other members let them keep, and about 0.4 MiB a keeper. */
static void settle_own_memory(struct config *config)
{
    const uint64_t kept = config->service.results_bytes + config->queue.bytes + config->http.bodies_bytes;

    set_default(&config->service.memory_bytes,
                most_of(512 * MIB, kept + most_of(64, config->cells.keepers) * MIB));
}

static int settle_listen(struct json_in *in, struct config *config, const struct config_host *host)
{
    if (config->has_listen)
        return 0;
    config->listeners = calloc(1, sizeof(*config->listeners));
    if (!config->listeners)
        return error_memory(in->err);
    config->listeners[0] =
        (struct config_listener){.address = strdup(host->address), .mode = CONFIG_LISTENER_MODE};
    config->n_listeners = 1;
    return config->listeners[0].address ? 0 : error_memory(in->err);
}

int config_settle(struct config *config, const struct config_host *host, struct error *err)
{
    struct json_in in = {.err = err, .status = EX_CONFIG};
    int r = settle_pools(&in, config, host);

    if (r == 0)
        r = settle_keepers(&in, config, host);
    if (r == 0)
        r = settle_floors(&in, config, host);
    if (r == 0)
        r = settle_memory(&in, config, host);
    if (r == 0)
        r = settle_bodies(&in, config);
    if (r == 0)
        settle_own_memory(config);
    if (r == 0)
        r = settle_listen(&in, config, host);
    if (r < 0)
        config_place(config, in.pointer, err);
    return r;
}
