/* SPDX-License-Identifier: MIT */
/* Reports the findings of an audit to people. */
#include "runner/audit/report.h"

#include <errno.h>
#include <string.h>

#include "runner/answer/answer.h"

static const char *const words[N_PROBE_OUTCOMES] = {[PROBE_ABSENT] = "not_run",
                                                    [PROBE_HELD] = "held",
                                                    [PROBE_FAILED] = "failed",
                                                    [PROBE_BREACHED] = "breached"};

const char *audit_report_name(const struct probe_run *run, char ret[AUDIT_REPORT_NAME_ROOM])
{
    const char *cell = run->cell ? run->cell : "";

    snprintf(ret, AUDIT_REPORT_NAME_ROOM, "%s%s%s%s", run->probe->name, *cell ? " (" : "", cell,
             *cell ? ")" : "");
    return ret;
}

const char *audit_report_word(enum probe_outcome outcome)
{
    return words[outcome];
}

static void count(struct audit_count *sum, const struct probe_run *run)
{
    sum->n++;
    sum->outcomes[run->finding.outcome]++;
    sum->took_ms += run->took_ms;
}

struct audit_count audit_report_count(const struct audit_report *report)
{
    struct audit_count sum = {0};

    for (size_t i = 0; i < report->n; i++)
        count(&sum, &report->runs[i]);
    return sum;
}

struct audit_count audit_report_count_group(const struct audit_report *report, size_t from, size_t *ret_end)
{
    const char *group = report->runs[from].probe->group;
    struct audit_count sum = {0};
    size_t i = from;

    for (; i < report->n && strcmp(report->runs[i].probe->group, group) == 0; i++)
        count(&sum, &report->runs[i]);
    if (ret_end)
        *ret_end = i;
    return sum;
}

bool audit_report_holds(const struct audit_report *report)
{
    struct audit_count sum = audit_report_count(report);

    return sum.outcomes[PROBE_HELD] > 0 && sum.outcomes[PROBE_FAILED] + sum.outcomes[PROBE_BREACHED] == 0;
}

static void write_row(const char *name, const struct audit_count *sum, FILE *out)
{
    fprintf(out, "%-14s %6zu %6zu %6zu %8zu %7zu %7.1f s\n", name, sum->n, sum->outcomes[PROBE_HELD],
            sum->outcomes[PROBE_FAILED], sum->outcomes[PROBE_BREACHED], sum->outcomes[PROBE_ABSENT],
            (double)sum->took_ms / 1000);
}

static void write_failures(const struct audit_report *report, FILE *out)
{
    for (size_t i = 0; i < report->n; i++) {
        const struct probe_run *run = &report->runs[i];
        char name[AUDIT_REPORT_NAME_ROOM];

        if (run->finding.outcome != PROBE_FAILED && run->finding.outcome != PROBE_BREACHED)
            continue;
        fprintf(out, "%s %s: %s\n    tries: %s\n",
                run->finding.outcome == PROBE_BREACHED ? "BREACHED" : "FAILED  ",
                audit_report_name(run, name), run->finding.why, run->probe->tries);
    }
}

/* Prints a reason that several probes share only once. */
static void write_absent(const struct audit_report *report, FILE *out)
{
    for (size_t i = 0; i < report->n; i++) {
        const struct probe_finding *one = &report->runs[i].finding;
        size_t n = 0, first = report->n;

        for (size_t j = 0; one->outcome == PROBE_ABSENT && j < report->n; j++) {
            const struct probe_finding *other = &report->runs[j].finding;

            if (other->outcome != PROBE_ABSENT || strcmp(other->why, one->why) != 0)
                continue;
            n++;
            first = first < j ? first : j;
        }
        if (n > 0 && first == i)
            fprintf(out, "NOT RUN  %zu of %s: %s\n", n,
                    *report->runs[i].profile ? report->runs[i].profile : report->runs[i].probe->name,
                    one->why);
    }
}

int audit_report_write_text(const struct audit_report *report, FILE *out)
{
    struct audit_count sum = audit_report_count(report);
    size_t bad = sum.outcomes[PROBE_FAILED] + sum.outcomes[PROBE_BREACHED];

    fprintf(out, "%-14s %6s %6s %6s %8s %7s %9s\n", "GROUP", "PROBES", "HELD", "FAILED", "BREACHED",
            "NOT RUN", "TIME");
    for (size_t i = 0, end; i < report->n; i = end) {
        struct audit_count group = audit_report_count_group(report, i, &end);

        write_row(report->runs[i].probe->group, &group, out);
    }
    write_failures(report, out);
    write_absent(report, out);
    if (bad > 0)
        fprintf(out, "%zu of %zu probes were not held, in %.1f s.\n", bad, sum.n,
                (double)report->took_ms / 1000);
    else
        fprintf(out, "All %zu probes that were run were held, in %.1f s.\n", sum.outcomes[PROBE_HELD],
                (double)report->took_ms / 1000);
    return answer_end(out);
}
