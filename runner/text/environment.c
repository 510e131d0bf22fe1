/* SPDX-License-Identifier: MIT */
/* Reads the environment. */
#include "runner/text/environment.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "runner/text/search_path.h"

#define RUNTIME "/run/exrun"     /* for root's cells */
#define CACHE "/var/cache/exrun" /* for root's runs */
#define CACHE_BYTES (UINT64_C(256) << 20)

/* Returns true if @path is like "/a/b": absolute, without empty parts, "." or "..". */
static bool is_beneath(const char *path)
{
    if (*path != '/')
        return false;
    for (const char *part = path; part; part = strchr(part, '/')) {
        size_t length = strcspn(++part, "/");

        if (length == 0 || strncmp(part, "..", length) == 0)
            return false;
    }
    return true;
}

static int read_cgroup(struct settings *settings, struct error *err)
{
    const char *given = getenv("EXRUN_CGROUP");

    if (!given || !*given)
        return 0;
    if (is_beneath(given) && strlen(given) < sizeof(settings->cgroup)) {
        snprintf(settings->cgroup, sizeof(settings->cgroup), "%s", given);
        return 0;
    }
    error_set(err, -EINVAL, EX_CONFIG, "EXRUN_CGROUP", "is not a valid path: \"%.100s\"", given);
    error_hint(err, "set it to a path below the root of the cgroup hierarchies, such as /exrun");
    return -EINVAL;
}

/* Leaves room, because the paths of the slots are longer by a few bytes. */
static void read_runtime(struct settings *settings)
{
    const char *users = getenv("XDG_RUNTIME_DIR");
    uid_t uid = geteuid();

    if (uid == 0)
        snprintf(settings->runtime, sizeof(settings->runtime), RUNTIME);
    else if (users && *users == '/' && strlen(users) < sizeof(settings->runtime) - sizeof("/exrun/slots"))
        snprintf(settings->runtime, sizeof(settings->runtime), "%s/exrun", users);
    else
        snprintf(settings->runtime, sizeof(settings->runtime), "/tmp/exrun-%u", uid);
}

static void read_cache(struct settings *settings)
{
    const char *given = getenv("EXRUN_CACHE"), *users = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    const size_t room = sizeof(settings->cache);
    int length;

    if (given || geteuid() == 0)
        length = snprintf(settings->cache, room, "%s", given ? given : CACHE);
    else if (users && *users == '/')
        length = snprintf(settings->cache, room, "%s/exrun", users);
    else
        length = snprintf(settings->cache, room, "%s/.cache/exrun", home && *home == '/' ? home : "");
    if (length < 0 || (size_t)length >= room)
        *settings->cache = '\0';
}

/* Reads a number, which can end in K, M or G. */
static uint64_t read_cache_bytes(void)
{
    static const char units[] = "KMG";
    const char *given = getenv("EXRUN_CACHE_BYTES"), *unit;
    unsigned int shift = 0;
    uint64_t number;
    char *end;

    if (!given || !*given)
        return CACHE_BYTES;
    number = strtoull(given, &end, 10);
    unit = *end ? strchr(units, *end) : NULL;
    if (unit) {
        shift = 10U * (unsigned int)(unit - units + 1);
        end++;
    }
    return *given < '0' || *given > '9' || *end || number > UINT64_MAX >> 24 >> shift ? 0 : number << shift;
}

int environment_read(struct settings *ret, struct error *err)
{
    const char *path = getenv("PATH");

    *ret = (struct settings){.cache_bytes = read_cache_bytes(),
                             .search_path = path ? path : "/bin:/usr/bin",
                             .shim = search_path_shim(),
                             .fault = EXRUN_FAULTS ? getenv("EXRUN_FAULT") : NULL};
    read_runtime(ret);
    read_cache(ret);
    return read_cgroup(ret, err);
}
