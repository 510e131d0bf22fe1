/* SPDX-License-Identifier: MIT */
/* What a clean-up removed, for people and for machines. */
#include "runner/command/clean_report.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "runner/answer/answer.h"

void cleaned_note(void *arg, enum reclaim_kind kind, const char *name, int error)
{
    struct cleaned *cleaned = arg;

    if (!cleaned->failed)
        cleaned->failed = json_array();
    cleaned->n_failed++;
    json_array_append_new(cleaned->failed, json_pack("{ss ss ss}", "kind", reclaim_kind_word(kind), "name",
                                                     name, "why", strerror(-error)));
}

void cleaned_deinit(struct cleaned *cleaned)
{
    json_decref(cleaned->failed);
    cleaned->failed = NULL;
}

static json_t *count(const struct reclaim_count *one)
{
    return json_pack("{sI sI}", "items", (json_int_t)one->items, "bytes", (json_int_t)one->bytes);
}

static int write_json(const struct cleaned *cleaned, FILE *out)
{
    json_t *removed = json_object(), *object;
    int r = 0;

    for (unsigned int kind = 0; kind < N_RECLAIM_KINDS; kind++)
        r |= json_object_set_new(removed, reclaim_kind_word(kind), count(&cleaned->stale[kind]));
    if (cleaned->had_cache)
        r |= json_object_set_new(removed, "compiled", count(&cleaned->compiled));
    object = json_pack("{si sb so so}", "v", 1, "dry_run", cleaned->is_dry, "removed", removed, "failed",
                       cleaned->failed ? json_incref(cleaned->failed) : json_array());
    if (!object || r < 0) {
        json_decref(object);
        return -ENOMEM;
    }
    return answer_end_json(object, JSON_COMPACT, out);
}

static void write_text(const struct cleaned *cleaned, FILE *out)
{
    for (size_t n = 0; n < cleaned->n_failed; n++) {
        const json_t *one = json_array_get(cleaned->failed, n);

        fprintf(out, "could not remove %s: %s\n", json_string_value(json_object_get(one, "name")),
                json_string_value(json_object_get(one, "why")));
    }
    fprintf(out, cleaned->is_dry ? "would remove" : "removed");
    for (unsigned int kind = 0; kind < N_RECLAIM_KINDS; kind++)
        fprintf(out, "%s %" PRIu64 " %s", kind ? "," : "", cleaned->stale[kind].items,
                reclaim_kind_word(kind));
    fprintf(out, " (%" PRIu64 " bytes of memory)\n", cleaned->stale[RECLAIM_CGROUPS].bytes);
    if (cleaned->had_cache)
        fprintf(out, "%s %" PRIu64 " compiled programs (%" PRIu64 " bytes)\n",
                cleaned->is_dry ? "would remove" : "removed", cleaned->compiled.items,
                cleaned->compiled.bytes);
}

int cleaned_write(const struct cleaned *cleaned, bool is_json, FILE *out)
{
    if (is_json)
        return write_json(cleaned, out);
    write_text(cleaned, out);
    return answer_end(out);
}
