/* SPDX-License-Identifier: MIT */
/* Prints profiles for people and machines. */
#include "runner/command/profile_list.h"

#include <errno.h>
#include <jansson.h>

#include "runner/answer/answer.h"
#include "sandbox/base/cleanup.h"

void profiles_open(struct profiles_list *list, bool is_json, FILE *out)
{
    *list = (struct profiles_list){.out = out, .is_json = is_json, .rows = is_json ? json_array() : NULL};
    if (!is_json)
        fprintf(out, "%-12s %-20s %-20s %-10s %s\n", "PROFILE", "LANGUAGE", "PROGRAM", "WARM", "VERSION");
}

static void add_json(json_t *rows, const struct profiles_row *row)
{
    json_t *object =
        json_pack("{ss ss* ss ss* sb ss ss ss*}", "name", row->name, "title", row->title, "file", row->file,
                  "program", row->program, "usable", row->is_usable, "version", row->version, "warm",
                  row->warm, "warm_reason", *row->warm_reason ? row->warm_reason : NULL);
    int r = object ? 0 : -1;

    if (object && !row->is_usable) {
        r |= json_object_set_new(object, "why", json_string(row->why->what));
        r |= json_object_set_new(object, "hint", json_string(row->why->hint));
    }
    if (r < 0 || json_array_append(rows, object) < 0)
        json_array_append_new(rows, json_null());
    json_decref(object);
}

void profiles_add(struct profiles_list *list, const struct profiles_row *row)
{
    if (list->is_json) {
        add_json(list->rows, row);
        return;
    }
    fprintf(list->out, "%-12s %-20s %-20s %-10s ", row->name, row->title ? row->title : "",
            row->program ? row->program : "-", row->warm);
    if (row->is_usable)
        fprintf(list->out, "%s%s%s\n", *row->version ? row->version : "yes",
                *row->warm_reason ? "; not started ahead: " : "", row->warm_reason);
    else
        fprintf(list->out, "no: %s%s%s\n", row->why->what, *row->why->hint ? "; " : "", row->why->hint);
}

int profiles_close(struct profiles_list *list)
{
    json_t *rows = list->rows;

    if (!list->is_json)
        return answer_end(list->out);
    list->rows = NULL;
    return answer_end_json(rows ? json_pack("{si so}", "v", 1, "profiles", rows) : NULL, JSON_COMPACT,
                           list->out);
}

static json_t *words(char *const *list)
{
    json_t *array = json_array();

    for (; list && *list; list++)
        json_array_append_new(array, json_string(*list));
    return array;
}

static json_t *limits(const struct limits *values)
{
    json_t *object = json_object();

    for (int limit = 0; limit < N_LIMITS; limit++)
        json_object_set_new(object, limit_rows[limit].key,
                            json_integer((json_int_t)limits_get(values, limit)));
    return object;
}

static json_t *mounts(const struct profile *profile)
{
    json_t *array = json_array();

    for (size_t i = 0; i < profile->n_mounts; i++)
        json_array_append_new(array, json_string(profile->mounts[i].path));
    return array;
}

static json_t *etc(const struct profile *profile)
{
    json_t *array = json_array();

    for (size_t i = 0; i < profile->n_etc; i++)
        json_array_append_new(array, json_string(profile->etc[i].path));
    return array;
}

static json_t *calls(const struct profile *profile)
{
    json_t *array = json_array();

    for (size_t i = 0; i < profile->n_calls; i++)
        json_array_append_new(array, json_string(profile->calls[i].syscall));
    return array;
}

int profiles_show(const struct language *language, const char *version, FILE *out)
{
    const struct profile *profile = &language->profile;
    json_t *object = json_pack(
        "{ss ss ss ss so ss ss ss* sb ss* so so so so so ss* so s{so so so}}", "name", profile->name, "title",
        language->title, "file", language->file, "entry", profile->entry, "endings", words(profile->endings),
        "program", language->program, "package", language->package, "version", *version ? version : NULL,
        "reading", !language->cannot_be_seen, "unseen", language->unseen, "run", words(profile->run.argv),
        "env", words(profile->env), "env_denied", words(profile->env_denied), "mounts", mounts(profile),
        "etc", etc(profile), "proc", profile->has_proc_files ? "files" : NULL, "policy_adds", calls(profile),
        "limits", "min", limits(&language->min), "default", limits(&profile->normal), "max",
        limits(&profile->max));

    if (object && profile->compile.argv &&
        json_object_set_new(object, "compile",
                            json_pack("{so ss so}", "argv", words(profile->compile.argv), "produces",
                                      profile->produces, "limits", limits(&profile->compile_limits))) < 0) {
        json_decref(object);
        object = NULL;
    }
    if (object && profile->prepare.argv &&
        json_object_set_new(object, "prepare",
                            json_pack("{so so}", "argv", words(profile->prepare.argv), "limits",
                                      limits(&profile->prepare_limits))) < 0) {
        json_decref(object);
        object = NULL;
    }
    return answer_end_json(object, JSON_INDENT(2), out);
}
