/* SPDX-License-Identifier: MIT */
/* Reads a status by the table of its groups of numbers. */
#include "runner/front/status_read.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "runner/front/status_groups.h"
#include "runner/text/json.h"
#include "runner/text/json_parse.h"

#define MOST_PROFILES 4096

/* N_OTHERS: v, version, draining, maintenance, profiles, examples. N_TEXTS: name, disabled, fault, warm,
 * warm_reason. */
enum { N_OTHERS = 6, N_TEXTS = 5 };

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

static int read_numbers(struct json_in *in, const json_t *object, const struct status_group *group,
                        void *base)
{
    int r = 0;

    for (size_t i = 0; i < group->n && r == 0; i++)
        if (status_group_may_lack(group, i) &&
            json_is_null(json_object_get(object, status_group_word(group, i))))
            *status_group_number(base, group, i) = 0;
        else
            r = read_number(in, object, status_group_word(group, i), status_group_number(base, group, i));
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

static int read_group(struct json_in *in, const json_t *document, const struct status_group *group,
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
    int r = expect_object(in, value, status_group_of_profile.n + N_TEXTS);

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
    return r < 0 ? r : read_numbers(in, value, &status_group_of_profile, profile);
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

static int read_example(struct json_in *in, const json_t *value, void *target)
{
    struct status *status = target;
    struct status_example *example = &status->examples[status->n_examples++];
    int r = expect_object(in, value, status_group_of_example.n + 1);

    if (r == 0)
        r = read_text(in, value, "name", example->name, sizeof(example->name));
    return r < 0 ? r : read_numbers(in, value, &status_group_of_example, example);
}

static int read_examples(struct json_in *in, const json_t *document, struct status *status)
{
    const json_t *value;
    int r = enter_member(in, document, "examples", &value);

    if (r < 0)
        return r;
    status->examples = calloc(json_array_size(value) + 1, sizeof(*status->examples));
    if (!status->examples)
        return error_memory(in->err);
    r = json_in_array(in, value, STATUS_MOST_EXAMPLES, read_example, status);
    if (r == 0)
        json_in_leave(in, 0);
    return r;
}

static int read_document(struct json_in *in, const json_t *document, struct status *status)
{
    uint64_t version = 0;
    size_t n = STATUS_N_GROUPS - 1 + status_groups[0].n + N_OTHERS;
    int r = expect_object(in, document, n);

    if (r == 0)
        r = read_number(in, document, "v", &version);
    if (r == 0 && version != 1) {
        json_in_enter(in, "v");
        r = json_in_fail(in, "must be 1, not %" PRIu64, version);
    }
    if (r == 0)
        r = read_text(in, document, "version", status->version, sizeof(status->version));
    for (size_t i = 0; i < STATUS_N_GROUPS && r == 0; i++)
        r = read_group(in, document, &status_groups[i], status);
    if (r == 0)
        r = read_profiles(in, document, status);
    if (r == 0)
        r = read_examples(in, document, status);
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
