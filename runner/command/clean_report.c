/* SPDX-License-Identifier: MIT */
/* Reports what was removed, for people and for machines. */
#include "runner/command/clean_report.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "runner/answer/answer.h"

void clean_report_note(void *arg, enum reclaim_kind kind, const char *name, int error)
{
    struct clean_report *report = arg;

    if (!report->failed)
        report->failed = json_array();
    report->n_failed++;
    json_array_append_new(report->failed, json_pack("{ss ss ss}", "kind", reclaim_kind_word(kind), "name",
                                                    name, "why", strerror(-error)));
}

void clean_report_deinit(struct clean_report *report)
{
    json_decref(report->failed);
    report->failed = NULL;
}

static json_t *count(const struct reclaim_count *one)
{
    return json_pack("{sI sI}", "items", (json_int_t)one->items, "bytes", (json_int_t)one->bytes);
}

static int write_json(const struct clean_report *report, FILE *out)
{
    json_t *removed = json_object(), *object;
    int r = 0;

    for (unsigned int kind = 0; kind < N_RECLAIM_KINDS; kind++)
        r |= json_object_set_new(removed, reclaim_kind_word(kind), count(&report->stale[kind]));
    if (report->had_cache)
        r |= json_object_set_new(removed, "compiled", count(&report->compiled));
    if (report->had_cache || report->prepared.items > 0)
        r |= json_object_set_new(removed, "prepared", count(&report->prepared));
    object = json_pack("{si sb so so}", "v", 1, "dry_run", report->is_dry, "removed", removed, "failed",
                       report->failed ? json_incref(report->failed) : json_array());
    if (!object || r < 0) {
        json_decref(object);
        return -ENOMEM;
    }
    return answer_end_json(object, JSON_COMPACT, out);
}

static void write_count(const struct clean_report *report, const struct reclaim_count *count,
                        const char *what, FILE *out)
{
    fprintf(out, "%s %" PRIu64 " %s (%" PRIu64 " bytes)\n", report->is_dry ? "would remove" : "removed",
            count->items, what, count->bytes);
}

static void write_text(const struct clean_report *report, FILE *out)
{
    for (size_t n = 0; n < report->n_failed; n++) {
        const json_t *one = json_array_get(report->failed, n);

        fprintf(out, "could not remove %s: %s\n", json_string_value(json_object_get(one, "name")),
                json_string_value(json_object_get(one, "why")));
    }
    fprintf(out, report->is_dry ? "would remove" : "removed");
    for (unsigned int kind = 0; kind < N_RECLAIM_KINDS; kind++)
        fprintf(out, "%s %" PRIu64 " %s", kind ? "," : "", report->stale[kind].items,
                reclaim_kind_word(kind));
    fprintf(out, " (%" PRIu64 " bytes of memory)\n", report->stale[RECLAIM_CGROUPS].bytes);
    if (report->had_cache)
        write_count(report, &report->compiled, "compiled programs", out);
    if (report->had_cache || report->prepared.items > 0)
        write_count(report, &report->prepared, "prepared folders", out);
}

int clean_report_write(const struct clean_report *report, bool is_json, FILE *out)
{
    if (is_json)
        return write_json(report, out);
    write_text(report, out);
    return answer_end(out);
}
