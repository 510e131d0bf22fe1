/* SPDX-License-Identifier: MIT */
/* Reports the findings of an audit to machines. */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>

#include "runner/answer/answer.h"
#include "runner/audit/report.h"
#include "runner/audit/report_junit.h"

static json_t *list_of(char *const *list)
{
    json_t *array = json_array();

    for (; list && *list; list++)
        json_array_append_new(array, json_string(*list));
    return array;
}

static json_t *row_of(const struct probe_run *run)
{
    const struct probe *probe = run->probe;
    json_t *row = json_pack("{ss ss ss so ss ss ss sI}", "name", probe->name, "group", probe->group, "tries",
                            probe->tries, "layers", list_of(probe->layers), "source", probe->source,
                            "profile", run->profile, "outcome", audit_report_word(run->finding.outcome),
                            "took_ms", (json_int_t)run->took_ms);

    if (row && run->cell)
        json_object_set_new(row, "cell", json_string(run->cell));
    if (row && *run->finding.why)
        json_object_set_new(row, "why", json_string(run->finding.why));
    return row;
}

static json_t *counts_of(const struct audit_count *sum)
{
    json_t *object = json_pack("{sI}", "probes", (json_int_t)sum->n);

    for (int outcome = 0; outcome < N_PROBE_OUTCOMES; outcome++)
        json_object_set_new(object, audit_report_word((enum probe_outcome)outcome),
                            json_integer((json_int_t)sum->outcomes[outcome]));
    return object;
}

int audit_report_write_json(const struct audit_report *report, FILE *out)
{
    json_t *groups = json_object(), *rows = json_array(), *object;
    struct audit_count sum = audit_report_count(report);
    int r = 0;

    for (size_t i = 0, end; i < report->n; i = end) {
        struct audit_count group = audit_report_count_group(report, i, &end);

        r |= json_object_set_new(groups, report->runs[i].probe->group, counts_of(&group));
    }
    for (size_t i = 0; i < report->n; i++)
        r |= json_array_append_new(rows, row_of(&report->runs[i]));
    object =
        json_pack("{si sb so so so sI}", "v", 1, "holds", audit_report_holds(report), "total",
                  counts_of(&sum), "groups", groups, "probes", rows, "took_ms", (json_int_t)report->took_ms);
    if (!object || r < 0) {
        json_decref(object);
        return -ENOMEM;
    }
    return answer_end_json(object, JSON_COMPACT, out);
}

static const char *word_of_layer(const struct probe_run *run)
{
    return run->probe->layers ? *run->probe->layers : "";
}

/* Quotes a reason as YAML requires. A "#" in a description would begin a directive, but these
 * descriptions contain none. */
static void write_quoted(const char *text, FILE *out)
{
    fputc('"', out);
    for (; *text; text++)
        fprintf(out, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
    fputc('"', out);
}

int audit_report_write_tap(const struct audit_report *report, FILE *out)
{
    fprintf(out, "TAP version 14\n1..%zu\n", report->n);
    for (size_t i = 0; i < report->n; i++) {
        const struct probe_run *run = &report->runs[i];
        enum probe_outcome outcome = run->finding.outcome;
        char name[AUDIT_REPORT_NAME_ROOM];

        fprintf(out, "%s %zu - %s", outcome == PROBE_HELD || outcome == PROBE_ABSENT ? "ok" : "not ok", i + 1,
                audit_report_name(run, name));
        if (outcome == PROBE_ABSENT)
            fprintf(out, " # SKIP %s", run->finding.why);
        fputc('\n', out);
        if (outcome != PROBE_FAILED && outcome != PROBE_BREACHED)
            continue;
        fprintf(out, "  ---\n  outcome: %s\n  layer: %s\n  message: ", audit_report_word(outcome),
                word_of_layer(run));
        write_quoted(run->finding.why, out);
        fprintf(out, "\n  ...\n");
    }
    return answer_end(out);
}

/* Writes the value of an attribute. */
static void write_escaped(const char *text, FILE *out)
{
    static const char *const escapes[256] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;"};

    for (; *text; text++)
        if (escapes[(unsigned char)*text])
            fputs(escapes[(unsigned char)*text], out);
        else
            fputc(*text, out);
}

static void write_case(const struct probe_run *run, FILE *out)
{
    enum probe_outcome outcome = run->finding.outcome;
    bool is_absent = outcome == PROBE_ABSENT;
    char name[AUDIT_REPORT_NAME_ROOM];

    fprintf(out, "    <testcase classname=\"");
    write_escaped(run->probe->group, out);
    fprintf(out, "\" name=\"");
    write_escaped(audit_report_name(run, name), out);
    fprintf(out, "\" time=\"%.3f\"", (double)run->took_ms / 1000);
    if (outcome == PROBE_HELD) {
        fprintf(out, "/>\n");
        return;
    }
    fprintf(out, ">\n      <%s ", is_absent ? "skipped" : "failure");
    if (!is_absent)
        fprintf(out, "type=\"%s\" ", audit_report_word(outcome));
    fprintf(out, "message=\"");
    write_escaped(run->finding.why, out);
    fprintf(out, "\"/>\n    </testcase>\n");
}

int audit_report_write_junit(const struct audit_report *report, FILE *out)
{
    struct audit_count sum = audit_report_count(report);

    fprintf(out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"exrun audit\" tests=\"%zu\" "
            "failures=\"%zu\" skipped=\"%zu\" time=\"%.3f\">\n",
            sum.n, sum.outcomes[PROBE_FAILED] + sum.outcomes[PROBE_BREACHED], sum.outcomes[PROBE_ABSENT],
            (double)report->took_ms / 1000);
    for (size_t i = 0, end; i < report->n; i = end) {
        struct audit_count group = audit_report_count_group(report, i, &end);

        fprintf(out, "  <testsuite name=\"");
        write_escaped(report->runs[i].probe->group, out);
        fprintf(out, "\" tests=\"%zu\" failures=\"%zu\" skipped=\"%zu\" time=\"%.3f\">\n", group.n,
                group.outcomes[PROBE_FAILED] + group.outcomes[PROBE_BREACHED], group.outcomes[PROBE_ABSENT],
                (double)group.took_ms / 1000);
        for (size_t j = i; j < end; j++)
            write_case(&report->runs[j], out);
        fprintf(out, "  </testsuite>\n");
    }
    fprintf(out, "</testsuites>\n");
    return answer_end(out);
}
