/* SPDX-License-Identifier: MIT */
/* Reads the configuration by a table of its numbers. */
#include "runner/front/config.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/front/pool.h"
#include "runner/request/request.h"
#include "runner/text/json.h"
#include "runner/text/json_parse.h"

#define MOST_LISTENERS 16
#define MOST_BYTES (UINT64_C(1) << 50)
#define MIB UINT64_C(1048576)
#define DAY_MS UINT64_C(86400000)
#define AT(member) offsetof(struct config, member)

/* @section: the member that it is in; "": the document. @normal: its default. */
static const struct number {
    const char *section, *name;
    size_t offset;
    uint64_t least, most, normal;
} numbers[] = {
    {"cells", "running", AT(cells.running), 0, POOL_MOST_KEEPERS - 1, CONFIG_UNSET},
    {"cells", "keepers", AT(cells.keepers), 1, POOL_MOST_KEEPERS, CONFIG_UNSET},
    {"cells", "memory_bytes", AT(cells.memory_bytes), 1, MOST_BYTES, CONFIG_UNSET},
    {"queue", "length", AT(queue.length), 1, 65536, 256},
    {"queue", "bytes", AT(queue.bytes), 1, MOST_BYTES, CONFIG_UNSET},
    {"queue", "wait_ms", AT(queue.wait_ms), 1, DAY_MS, 10000},
    {"http", "connections", AT(http.connections), 1, 65536, 1024},
    {"http", "per_peer", AT(http.per_peer), 1, 65536, 256},
    {"http", "body_bytes", AT(http.body_bytes), 1, REQUEST_MOST_BYTES, CONFIG_UNSET},
    {"http", "bodies_bytes", AT(http.bodies_bytes), 1, MOST_BYTES, CONFIG_UNSET},
    {"http", "header_ms", AT(http.header_ms), 1, DAY_MS, 5000},
    {"http", "body_ms", AT(http.body_ms), 1, DAY_MS, 30000},
    {"http", "idle_ms", AT(http.idle_ms), 1, DAY_MS, 60000},
    {"http", "streams_per_run", AT(http.streams_per_run), 1, 1024, 4},
    {"stdin", "idle_ms", AT(input.idle_ms), 1, DAY_MS, 60000},
    {"stdin", "total_ms", AT(input.total_ms), 1, DAY_MS, 600000},
    {"stdin", "waiting", AT(input.waiting), 0, POOL_MOST_KEEPERS, CONFIG_UNSET},
    {"keep", "seconds", AT(keep.seconds), 0, 86400, 60},
    {"keep", "bytes", AT(keep.bytes), 0, MOST_BYTES, 64 * MIB},
    {"service", "memory_bytes", AT(service.memory_bytes), 64 * MIB, MOST_BYTES, CONFIG_UNSET},
    {"service", "results_bytes", AT(service.results_bytes), 1, MOST_BYTES, 256 * MIB},
    {"", "drain_ms", AT(drain_ms), 0, DAY_MS, 30000},
    {"labels", "examples", AT(labels.examples), 0, 10000, 100},
};

enum { N_NUMBERS = sizeof(numbers) / sizeof(*numbers) };

static uint64_t *number_in(struct config *config, const struct number *number)
{
    return (uint64_t *)(void *)((char *)config + number->offset);
}

static int read_number(struct json_in *in, const struct number *number, const json_t *value,
                       struct config *config)
{
    int r = json_in_number(in, value, number->least, number->most, number_in(config, number));

    if (r < 0 && number->normal == CONFIG_UNSET)
        error_hint(in->err, "remove it to use the default, which fits this machine and the other members");
    else if (r < 0)
        error_hint(in->err, "remove it to use the default, %" PRIu64, number->normal);
    return r;
}

static int read_listener(struct json_in *in, const json_t *value, void *target)
{
    struct config *config = target;
    struct config_listener *listener = &config->listeners[config->n_listeners++];
    int r = config_listener_read(in, value, listener);

    for (const struct config_listener *other = config->listeners; r == 0 && other < listener; other++)
        if (strcmp(other->address, listener->address) == 0) {
            json_in_enter(in, "address");
            r = json_in_fail(in, "is the same as that of listener %td", other - config->listeners);
            error_hint(in->err, "remove one of the two listeners");
        }
    return r;
}

static int read_listen(struct json_in *in, const json_t *value, struct config *config)
{
    config->has_listen = true;
    config->listeners = calloc(json_array_size(value) + 1, sizeof(*config->listeners));
    return config->listeners ? json_in_array(in, value, MOST_LISTENERS, read_listener, config)
                             : error_memory(in->err);
}

static int read_log_path(struct json_in *in, const json_t *value, void *target)
{
    struct config *config = target;
    int r = json_in_string(in, value, &config->log_path);

    if (r < 0)
        return r;
    if (*config->log_path == '/' && strlen(config->log_path) < PATH_MAX &&
        config->log_path[strlen(config->log_path) - 1] != '/')
        return 0;
    r = json_in_fail(in, "is not the absolute path of a file");
    error_hint(in->err, "name a file, such as /var/log/exrun/runs.jsonl");
    return r;
}

static int read_log(struct json_in *in, const json_t *value, struct config *config)
{
    static const struct json_member members[] = {{"path", read_log_path, false}, {NULL}};

    return json_in_object(in, value, members, config);
}

static int read_floor(struct json_in *in, const json_t *value, void *target)
{
    return json_in_number(in, value, 0, POOL_MOST_KEEPERS, &((struct config_pool *)target)->floor);
}

static int read_ceiling(struct json_in *in, const json_t *value, void *target)
{
    return json_in_number(in, value, 0, POOL_MOST_KEEPERS, &((struct config_pool *)target)->ceiling);
}

static int read_profile(struct json_in *in, const char *name, const json_t *value, void *target)
{
    static const struct json_member members[] = {
        {"floor", read_floor, false}, {"ceiling", read_ceiling, false}, {NULL}};
    struct config *config = target;
    struct config_profile *profile = &config->cells.profiles[config->cells.n_profiles++];
    int r;

    *profile = (struct config_profile){strdup(name), {CONFIG_UNSET, CONFIG_UNSET}};
    r = profile->name ? json_in_object(in, value, members, &profile->pool) : error_memory(in->err);
    if (r == -EINVAL)
        error_hint(in->err, "a profile has \"floor\" and \"ceiling\", numbers of waiting cells");
    return r;
}

static int read_profiles(struct json_in *in, const json_t *value, struct config *config)
{
    config->cells.profiles = calloc(json_object_size(value) + 1, sizeof(*config->cells.profiles));
    if (!config->cells.profiles)
        return error_memory(in->err);
    return json_in_map(in, value, read_profile, config);
}

/* The members that are not numbers. */
static const struct {
    const char *section, *name;
    int (*read)(struct json_in *in, const json_t *value, struct config *config);
} others[] = {
    {"", "listen", read_listen},
    {"", "log", read_log},
    {"cells", "profiles", read_profiles},
};

enum { N_OTHERS = sizeof(others) / sizeof(*others) };

static bool is_section(const char *name)
{
    for (size_t i = 0; i < N_NUMBERS; i++)
        if (*name && strcmp(numbers[i].section, name) == 0)
            return true;
    return false;
}

static void add_name(char *list, size_t room, const char *name)
{
    size_t length = strlen(list);

    snprintf(list + length, room - length, "%s%s", length > 0 ? ", " : "", name);
}

/* Refuses a member, and lists the known ones of @section. */
static int refuse_unknown(struct json_in *in, const char *section)
{
    int r = json_in_fail(in, "is not a known member");
    char list[sizeof(in->err->hint)] = "";
    const char *last = "";

    for (size_t i = 0; i < N_OTHERS; i++)
        if (strcmp(others[i].section, section) == 0)
            add_name(list, sizeof(list), others[i].name);
    for (size_t i = 0; i < N_NUMBERS; i++) {
        if (strcmp(numbers[i].section, section) == 0)
            add_name(list, sizeof(list), numbers[i].name);
        else if (!*section && strcmp(numbers[i].section, last) != 0)
            add_name(list, sizeof(list), numbers[i].section);
        last = numbers[i].section;
    }
    error_hint(in->err, "use one of: %s", list);
    return r;
}

/* Where a member stands. @name: "" for the document itself. */
struct section {
    const char *name;
    struct config *config;
};

static int read_member(struct json_in *in, const char *name, const json_t *value, void *target)
{
    const char *section = ((struct section *)target)->name;
    struct config *config = ((struct section *)target)->config;

    for (size_t i = 0; i < N_NUMBERS; i++)
        if (strcmp(numbers[i].section, section) == 0 && strcmp(numbers[i].name, name) == 0)
            return read_number(in, &numbers[i], value, config);
    for (size_t i = 0; i < N_OTHERS; i++)
        if (strcmp(others[i].section, section) == 0 && strcmp(others[i].name, name) == 0)
            return others[i].read(in, value, config);
    if (!*section && is_section(name))
        return json_in_map(in, value, read_member, &(struct section){name, config});
    return refuse_unknown(in, section);
}

void config_place(const struct config *config, const char *pointer, struct error *err)
{
    if (!err || err->status != EX_CONFIG)
        return;
    snprintf(err->where, sizeof(err->where), "%.90s%s%.90s", config->file, *pointer ? ":" : "", pointer);
    if (!*err->hint)
        error_hint(err, "correct the file, and check it again (exrun serve --check)");
}

int config_read(const char *path, const char *text, size_t size, struct config *config, struct error *err)
{
    struct json_in in = {.err = err, .status = EX_CONFIG};
    json_t *document = NULL;
    int r;

    *config = (struct config){.file = strdup(path)};
    if (!config->file)
        return error_memory(err);
    for (size_t i = 0; i < N_NUMBERS; i++)
        *number_in(config, &numbers[i]) = numbers[i].normal;
    r = json_in_parse(&in, text, size, &document);
    if (r == 0)
        r = json_in_map(&in, document, read_member, &(struct section){"", config});
    json_decref(document);
    if (r < 0)
        config_place(config, in.pointer, err);
    return r;
}

void config_deinit(struct config *config)
{
    for (size_t i = 0; i < config->n_listeners; i++)
        config_listener_deinit(&config->listeners[i]);
    for (size_t i = 0; i < config->cells.n_profiles; i++)
        free(config->cells.profiles[i].name);
    free(config->listeners);
    free(config->cells.profiles);
    free(config->cells.pools);
    free(config->log_path);
    free(config->file);
}
