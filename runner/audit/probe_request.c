/* SPDX-License-Identifier: MIT */
/* Writes the request that runs a probe. */
#include "runner/audit/probe_request.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"

/* The time after which a probe counts as hanging. It is long, because several probes run at the
 * same time, and the machine can be slow. */
#define PATIENCE_MS 30000
#define CPU_MS 20000

static void bytes_deinit(struct bytes *bytes)
{
    free(bytes->data);
}

/* Returns the limits that the probe requests, within the bounds of its profile. */
static json_t *limits_object(const struct limits *asked, const struct language *language)
{
    json_t *object = json_object();

    for (int limit = 0; limit < N_LIMITS; limit++) {
        uint64_t value = limits_get(asked, limit), least = limits_get(&language->min, limit),
                 most = limits_get(&language->profile.max, limit);

        if (value == 0)
            continue;
        value = value < least ? least : value > most ? most : value;
        json_object_set_new(object, limit_rows[limit].key, json_integer((json_int_t)value));
    }
    return object;
}

static json_t *patterns_array(const struct probe *probe)
{
    json_t *array = json_array();

    for (char *const *one = probe->artifacts; one && *one; one++)
        json_array_append_new(array, json_string(*one));
    return array;
}

/* Adds an argument if the probe has copies, and stdin if it reads. Nothing is added otherwise,
 * because some languages don't take arguments, and some probes don't read. */
static int add_what_it_reads(const struct probe *probe, const struct canary *canary, unsigned int copy,
                             json_t *request)
{
    const struct bytes line = {probe->reads, probe->reads ? strlen(probe->reads) : 0};
    _cleanup_(bytes_deinit) struct bytes filled = {0};
    char number[12];

    snprintf(number, sizeof(number), "%u", copy);
    if (probe->copies > 1 && json_object_set_new(request, "args", json_pack("[s]", number)) < 0)
        return -ENOMEM;
    if (!probe->reads)
        return 0;
    if (canary_fill(canary, &line, &filled) < 0 ||
        json_object_set_new(request, "stdin", json_pack("s%", filled.data, filled.size)) < 0)
        return -ENOMEM;
    return 0;
}

char *probe_request(const struct probe *probe, const struct canary *canary, const struct language *language,
                    unsigned int copy)
{
    _cleanup_(bytes_deinit) struct bytes source = {0};
    _cleanup_(json_decrefp) json_t *request = NULL;
    struct limits limits = probe->limits;

    if (limits.wall_ms == 0)
        limits.wall_ms = PATIENCE_MS;
    if (limits.cpu_ms == 0)
        limits.cpu_ms = CPU_MS;
    if (canary_fill(canary, &probe->text, &source) < 0)
        return NULL;
    request =
        json_pack("{ss ss% so so}", "profile", language->profile.name, "source", source.data, source.size,
                  "limits", limits_object(&limits, language), "artifacts", patterns_array(probe));
    if (!request || add_what_it_reads(probe, canary, copy, request) < 0)
        return NULL;
    return json_dumps(request, JSON_COMPACT);
}
