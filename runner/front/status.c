/* SPDX-License-Identifier: MIT */
/* Writes and reads a status by a table of its groups of numbers. */
#include "runner/front/status.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/text/json.h"

#define MOST_PROFILES 4096
#define AT(member) offsetof(struct status, member)
#define WORDS(...) ((const char *const[]){__VA_ARGS__}), N_WORDS(__VA_ARGS__)
#define N_WORDS(...) (sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static const char *const states[N_STATUS_STATES] = {
    [STATUS_ABSENT] = "absent", [STATUS_EMPTY] = "empty",     [STATUS_MAKING] = "making",
    [STATUS_READY] = "ready",   [STATUS_RUNNING] = "running", [STATUS_RECLAIMING] = "reclaiming",
};

/* An object of numbers. @offset: of the first one; the others follow it. @words: names of the members, or
 * NULL for the verdicts'. @may_lack: a member that is null instead of 0. */
struct group {
    const char *name; /* "": the numbers are members of the document */
    size_t offset;
    const char *const *words;
    size_t n;
    const char *may_lack;
};

static const struct group groups[] = {
    {"", AT(service), WORDS("uptime_ms", "connections", "unreclaimed", "log_dropped")},
    {"running", AT(running), WORDS("now", "most", "memory_bytes", "most_memory_bytes")},
    {"ready", AT(ready), WORDS("now", "memory_bytes", "most_memory_bytes")},
    {"queue", AT(queue), WORDS("length", "most", "bytes", "most_bytes", "oldest_ms")},
    {"requests", AT(requests), WORDS("per_minute", "count", "p50_us", "p99_us")},
    {"starts", AT(starts), WORDS("parked", "ready", "cold")},
    {"restarts", AT(restarts), WORDS("front", "keepers")},
    {"keepers", AT(keepers), states, N_STATUS_STATES},
    {"verdicts", AT(verdicts), NULL, N_VERDICTS},
};

static const struct group group_of_profile = {"", offsetof(struct status_profile, numbers),
                                              WORDS("making", "ready", "running", "reclaiming", "parked",
                                                    "floor", "ceiling", "arrivals_per_minute", "failures",
                                                    "cell_bytes", "make_us"),
                                              "make_us"};

/* N_OTHERS: v, version, draining, maintenance, profiles. N_TEXTS: name, disabled, fault, warm, warm_reason.
 */
enum { N_GROUPS = sizeof(groups) / sizeof(*groups), N_OTHERS = 5, N_TEXTS = 5 };

const char *status_word(enum status_state state)
{
    return states[state];
}

static const char *word_of(const struct group *group, size_t i)
{
    return group->words ? group->words[i] : verdict_rows[i].word;
}

static uint64_t *number_in(void *base, const struct group *group, size_t i)
{
    return (uint64_t *)(void *)((char *)base + group->offset) + i;
}

static bool may_lack(const struct group *group, size_t i)
{
    return group->may_lack && strcmp(word_of(group, i), group->may_lack) == 0;
}

static json_t *number_json(const struct group *group, size_t i, uint64_t number)
{
    return number == 0 && may_lack(group, i) ? json_null() : json_integer((json_int_t)number);
}

/* Adds the numbers to @object. Returns 0 or -1. */
static int add_numbers(json_t *object, const struct group *group, const void *base)
{
    int r = 0;

    for (size_t i = 0; i < group->n; i++)
        r |= json_object_set_new(object, word_of(group, i),
                                 number_json(group, i, *number_in((void *)(uintptr_t)base, group, i)));
    return r;
}

static int add_group(json_t *document, const struct group *group, const struct status *status)
{
    json_t *object;

    if (!*group->name)
        return add_numbers(document, group, status);
    object = json_object();
    if (json_object_set_new(document, group->name, object) < 0)
        return -1;
    return add_numbers(object, group, status);
}

static int add_profile(json_t *list, const struct status_profile *profile)
{
    json_t *object = json_pack("{ss sb ss? ss ss?}", "name", profile->name, "disabled", profile->is_disabled,
                               "fault", *profile->fault ? profile->fault : NULL, "warm", profile->warm,
                               "warm_reason", *profile->warm_reason ? profile->warm_reason : NULL);

    if (json_array_append_new(list, object) < 0)
        return -1;
    return add_numbers(object, &group_of_profile, profile);
}

json_t *status_json(const struct status *status)
{
    json_t *document =
        json_pack("{si ss sb ss?}", "v", 1, "version", status->version, "draining", status->is_draining,
                  "maintenance", *status->maintenance ? status->maintenance : NULL);
    json_t *list = json_array();
    int r = document ? 0 : -1;

    for (size_t i = 0; i < N_GROUPS && r == 0; i++)
        r = add_group(document, &groups[i], status);
    r |= json_object_set_new(document, "profiles", list);
    for (size_t i = 0; i < status->n_profiles && r == 0; i++)
        r = add_profile(list, &status->profiles[i]);
    if (r == 0)
        return document;
    json_decref(document);
    return NULL;
}

/* Steps into the member @name of @object, which must be there. */
static int enter_member(struct json_in *in, const json_t *object, const char *name, const json_t **ret)
{
    *ret = json_object_get(object, name);
    json_in_enter(in, name);
    return *ret ? 0 : json_in_fail(in, "is required");
}

static int read_number(struct json_in *in, const json_t *object, const char *name, uint64_t *ret)
{
    const size_t mark = strlen(in->pointer);
    const json_t *value;
    int r = enter_member(in, object, name, &value);

    if (r == 0)
        r = json_in_number(in, value, 0, INT64_MAX, ret);
    if (r == 0)
        json_in_leave(in, mark);
    return r;
}

static int read_text(struct json_in *in, const json_t *object, const char *name, char *ret, size_t room)
{
    const size_t mark = strlen(in->pointer);
    const json_t *value;
    const char *text = "";
    int r = enter_member(in, object, name, &value);

    if (r == 0)
        r = json_in_text(in, value, &text);
    if (r == 0 && strlen(text) >= room)
        r = json_in_fail(in, "is longer than %zu bytes", room - 1);
    if (r < 0)
        return r;
    memcpy(ret, text, strlen(text) + 1);
    json_in_leave(in, mark);
    return 0;
}

/* A text that is null instead of "". */
static int read_text_or_null(struct json_in *in, const json_t *object, const char *name, char *ret,
                             size_t room)
{
    if (json_is_null(json_object_get(object, name)))
        return 0;
    return read_text(in, object, name, ret, room);
}

static int read_bool(struct json_in *in, const json_t *object, const char *name, bool *ret)
{
    const size_t mark = strlen(in->pointer);
    const json_t *value;
    int r = enter_member(in, object, name, &value);

    if (r == 0)
        r = json_in_bool(in, value, ret);
    if (r < 0)
        return r;
    json_in_leave(in, mark);
    return 0;
}

static int read_numbers(struct json_in *in, const json_t *object, const struct group *group, void *base)
{
    int r = 0;

    for (size_t i = 0; i < group->n && r == 0; i++)
        if (may_lack(group, i) && json_is_null(json_object_get(object, word_of(group, i))))
            *number_in(base, group, i) = 0;
        else
            r = read_number(in, object, word_of(group, i), number_in(base, group, i));
    return r;
}

/* Expects an object of @n members. All known ones are required, so none is unknown if the number is right. */
static int expect_object(struct json_in *in, const json_t *value, size_t n)
{
    if (!json_is_object(value))
        return json_in_fail(in, "must be an object, not %s", json_in_kind(value));
    if (json_object_size(value) != n)
        return json_in_fail(in, "has %zu members; %zu are expected", json_object_size(value), n);
    return 0;
}

static int read_group(struct json_in *in, const json_t *document, const struct group *group,
                      struct status *status)
{
    const size_t mark = strlen(in->pointer);
    const json_t *value;
    int r;

    if (!*group->name)
        return read_numbers(in, document, group, status);
    r = enter_member(in, document, group->name, &value);
    if (r == 0)
        r = expect_object(in, value, group->n);
    if (r == 0)
        r = read_numbers(in, value, group, status);
    if (r == 0)
        json_in_leave(in, mark);
    return r;
}

static int read_profile(struct json_in *in, const json_t *value, void *target)
{
    struct status *status = target;
    struct status_profile *profile = &status->profiles[status->n_profiles++];
    int r = expect_object(in, value, group_of_profile.n + N_TEXTS);

    if (r == 0)
        r = read_text(in, value, "name", profile->name, sizeof(profile->name));
    if (r == 0)
        r = read_bool(in, value, "disabled", &profile->is_disabled);
    if (r == 0)
        r = read_text_or_null(in, value, "fault", profile->fault, sizeof(profile->fault));
    if (r == 0)
        r = read_text(in, value, "warm", profile->warm, sizeof(profile->warm));
    if (r == 0)
        r = read_text_or_null(in, value, "warm_reason", profile->warm_reason, sizeof(profile->warm_reason));
    return r < 0 ? r : read_numbers(in, value, &group_of_profile, profile);
}

static int read_profiles(struct json_in *in, const json_t *document, struct status *status)
{
    const json_t *value;
    int r = enter_member(in, document, "profiles", &value);

    if (r < 0)
        return r;
    status->profiles = calloc(json_array_size(value) + 1, sizeof(*status->profiles));
    if (!status->profiles)
        return error_memory(in->err);
    r = json_in_array(in, value, MOST_PROFILES, read_profile, status);
    if (r == 0)
        json_in_leave(in, 0);
    return r;
}

static int read_document(struct json_in *in, const json_t *document, struct status *status)
{
    uint64_t version = 0;
    size_t n = N_GROUPS - 1 + groups[0].n + N_OTHERS;
    int r = expect_object(in, document, n);

    if (r == 0)
        r = read_number(in, document, "v", &version);
    if (r == 0 && version != 1) {
        json_in_enter(in, "v");
        r = json_in_fail(in, "must be 1, not %" PRIu64, version);
    }
    if (r == 0)
        r = read_text(in, document, "version", status->version, sizeof(status->version));
    for (size_t i = 0; i < N_GROUPS && r == 0; i++)
        r = read_group(in, document, &groups[i], status);
    if (r == 0)
        r = read_profiles(in, document, status);
    if (r == 0)
        r = read_bool(in, document, "draining", &status->is_draining);
    if (r == 0)
        r = read_text_or_null(in, document, "maintenance", status->maintenance, sizeof(status->maintenance));
    return r;
}

int status_read(const char *text, size_t size, struct status *ret, struct error *err)
{
    struct json_in in = {.err = err, .status = EX_SOFTWARE};
    json_t *document = NULL;
    int r;

    *ret = (struct status){.profiles = NULL};
    r = json_in_parse(&in, text, size, &document);
    if (r == 0)
        r = read_document(&in, document, ret);
    json_decref(document);
    return r;
}

void status_deinit(struct status *status)
{
    free(status->profiles);
}
