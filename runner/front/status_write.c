/* SPDX-License-Identifier: MIT */
/* Writes a status by the table of its groups of numbers. */
#include "runner/front/status_write.h"

#include "runner/front/status_groups.h"

static json_t *number_json(const struct status_group *group, size_t i, uint64_t number)
{
    return number == 0 && status_group_may_lack(group, i) ? json_null() : json_integer((json_int_t)number);
}

/* Adds the numbers to @object. Returns 0 or -1. */
static int add_numbers(json_t *object, const struct status_group *group, const void *base)
{
    int r = 0;

    for (size_t i = 0; i < group->n; i++)
        r |= json_object_set_new(
            object, status_group_word(group, i),
            number_json(group, i, *status_group_number((void *)(uintptr_t)base, group, i)));
    return r;
}

static int add_group(json_t *document, const struct status_group *group, const struct status *status)
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
    return add_numbers(object, &status_group_of_profile, profile);
}

static int add_example(json_t *list, const struct status_example *example)
{
    json_t *object = json_pack("{ss}", "name", example->name);

    if (json_array_append_new(list, object) < 0)
        return -1;
    return add_numbers(object, &status_group_of_example, example);
}

json_t *status_json(const struct status *status)
{
    json_t *document =
        json_pack("{si ss sb ss?}", "v", 1, "version", status->version, "draining", status->is_draining,
                  "maintenance", *status->maintenance ? status->maintenance : NULL);
    json_t *profiles = json_array(), *examples = json_array();
    int r = document ? 0 : -1;

    for (size_t i = 0; i < STATUS_N_GROUPS && r == 0; i++)
        r = add_group(document, &status_groups[i], status);
    r |= json_object_set_new(document, "profiles", profiles);
    r |= json_object_set_new(document, "examples", examples);
    for (size_t i = 0; i < status->n_profiles && r == 0; i++)
        r = add_profile(profiles, &status->profiles[i]);
    for (size_t i = 0; i < status->n_examples && r == 0; i++)
        r = add_example(examples, &status->examples[i]);
    if (r == 0)
        return document;
    json_decref(document);
    return NULL;
}
