/* SPDX-License-Identifier: MIT */
/* Prints the status of the service: a line for each subject, then a table of profiles. */
#include "runner/command/status_report.h"

#include <inttypes.h>
#include <string.h>

#include "runner/answer/answer.h"
#include "sandbox/base/utf8.h"

#define KIB 1024.0
#define SECOND_US 1e6
#define MOST_EXAMPLES 10

enum { QUANTITY_ROOM = 48 };

/* Copies a text of the service's into @ret, which has as much room, so that it can go to a terminal. */
static void copy(const char *text, char *ret, size_t room)
{
    memcpy(ret, text, room);
    make_printable(ret);
}

/* Writes a duration with its unit: "3 h 12 min". */
static const char *duration(uint64_t ms, char ret[QUANTITY_ROOM])
{
    static const struct {
        uint64_t s;
        const char *unit;
    } units[] = {{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}};
    const uint64_t s = ms / 1000;
    size_t i = 0;

    while (i < 3 && s < units[i].s)
        i++;
    if (i == 3)
        snprintf(ret, QUANTITY_ROOM, "%" PRIu64 " s", s);
    else
        snprintf(ret, QUANTITY_ROOM, "%" PRIu64 " %s %" PRIu64 " %s", s / units[i].s, units[i].unit,
                 s % units[i].s / units[i + 1].s, units[i + 1].unit);
    return ret;
}

/* Writes a short time: "3.2 ms". */
static const char *moment(uint64_t us, char ret[QUANTITY_ROOM])
{
    if ((double)us < SECOND_US)
        snprintf(ret, QUANTITY_ROOM, "%.1f ms", (double)us / 1e3);
    else
        snprintf(ret, QUANTITY_ROOM, "%.1f s", (double)us / SECOND_US);
    return ret;
}

static const char *size(uint64_t bytes, char ret[QUANTITY_ROOM])
{
    static const char *const units[] = {"KiB", "MiB", "GiB", "TiB"};
    double number = (double)bytes / KIB;
    size_t i = 0;

    while (number >= KIB && i < 3) {
        number /= KIB;
        i++;
    }
    snprintf(ret, QUANTITY_ROOM, number < 10 && bytes > 0 ? "%.1f %s" : "%.0f %s", number, units[i]);
    return ret;
}

/* A list of "word number". @n: those that were printed. */
struct counts {
    FILE *out;
    size_t n;
};

/* Adds a number that is not 0. */
static void add_count(struct counts *counts, const char *word, uint64_t number)
{
    if (number == 0)
        return;
    fprintf(counts->out, "%s%s %" PRIu64, counts->n++ > 0 ? ", " : "", word, number);
}

static void end_counts(struct counts *counts, const char *none)
{
    fprintf(counts->out, "%s\n", counts->n > 0 ? "" : none);
}

static void report_runs(const struct status *status, FILE *out)
{
    char a[QUANTITY_ROOM], b[QUANTITY_ROOM];

    fprintf(out, "running   %" PRIu64 " of at most %" PRIu64 ", memory limits %s of at most %s\n",
            status->running.now, status->running.most, size(status->running.memory_bytes, a),
            size(status->running.most_memory_bytes, b));
    fprintf(out, "ready     %" PRIu64 " cells with %s of at most %s\n", status->ready.now,
            size(status->ready.memory_bytes, a), size(status->ready.most_memory_bytes, b));
    fprintf(out, "waiting   %" PRIu64 " of at most %" PRIu64 ", %s of at most %s", status->queue.length,
            status->queue.most, size(status->queue.bytes, a), size(status->queue.most_bytes, b));
    if (status->queue.length > 0)
        fprintf(out, ", the oldest for %s", moment(status->queue.oldest_ms * 1000, a));
    fprintf(out, "\nrequests  %" PRIu64 " a minute", status->requests.per_minute);
    if (status->requests.count > 0)
        fprintf(out, "; of %" PRIu64 " in 5 minutes, 50 %% took up to %s, 99 %% up to %s",
                status->requests.count, moment(status->requests.p50_us, a),
                moment(status->requests.p99_us, b));
    fputc('\n', out);
}

static void report_maintenance(const struct status *status, FILE *out)
{
    char text[STATUS_MAINTENANCE_ROOM];

    if (!*status->maintenance)
        return;
    copy(status->maintenance, text, sizeof(text));
    fprintf(out, "maintenance, new runs are refused (exrun maintenance off): %s\n", text);
}

static void report_counts(const struct status *status, FILE *out)
{
    char a[QUANTITY_ROOM], b[QUANTITY_ROOM];
    struct counts verdicts = {.out = out}, keepers = {.out = out}, faults = {.out = out};

    fputs("verdicts  ", out);
    for (enum verdict verdict = 0; verdict < N_VERDICTS; verdict++)
        add_count(&verdicts, verdict_rows[verdict].word, status->verdicts[verdict]);
    end_counts(&verdicts, "none yet");
    fprintf(out,
            "starts    %" PRIu64 " with an interpreter that waited, %" PRIu64 " in a ready cell, %" PRIu64
            " in a new one\n",
            status->starts.parked, status->starts.ready, status->starts.cold);
    if (status->reclaims.count > 0)
        fprintf(out, "reclaims  of %" PRIu64 " cells in 5 minutes, 50 %% took up to %s, 99 %% up to %s\n",
                status->reclaims.count, moment(status->reclaims.p50_us, a),
                moment(status->reclaims.p99_us, b));
    fputs("keepers   ", out);
    for (enum status_state state = 0; state < N_STATUS_STATES; state++)
        add_count(&keepers, status_words[state], status->keepers[state]);
    end_counts(&keepers, "none");
    fputs("restarts  ", out);
    add_count(&faults, "front", status->restarts.front);
    add_count(&faults, "keepers", status->restarts.keepers);
    end_counts(&faults, "none");
    if (status->service.unreclaimed > 0)
        fprintf(out, "left      %" PRIu64 " cells could not be reclaimed (exrun clean)\n",
                status->service.unreclaimed);
    if (status->service.log_dropped > 0)
        fprintf(out,
                "log       %" PRIu64 " lines were dropped, because the file can't be written fast enough\n",
                status->service.log_dropped);
}

/* The examples with most runs; the others are in the JSON. */
static void report_examples(const struct status *status, FILE *out)
{
    if (status->n_examples > 0)
        fprintf(out, "\n%-40s %8s\n", "EXAMPLE", "RUNS");
    for (size_t i = 0; i < status->n_examples && i < MOST_EXAMPLES; i++) {
        const struct status_example *example = &status->examples[i];
        char name[STATUS_EXAMPLE_ROOM];

        copy(example->name, name, sizeof(name));
        fprintf(out, "%-40s %8" PRIu64, name, example->numbers.runs);
        if (example->numbers.over > 0)
            fprintf(out, "  at most; at least %" PRIu64, example->numbers.runs - example->numbers.over);
        fputc('\n', out);
    }
}

static void report_profiles(const struct status *status, FILE *out)
{
    fprintf(out, "\n%-16s %6s %6s %8s %10s %8s %10s %9s\n", "PROFILE", "READY", "MAKING", "RUNNING",
            "RECLAIMING", "RUNS/MIN", "MAKE TIME", "WARM");
    for (size_t i = 0; i < status->n_profiles; i++) {
        const struct status_profile *profile = &status->profiles[i];
        const uint64_t *cells = profile->numbers.cells;
        char name[STATUS_NAME_ROOM], make[QUANTITY_ROOM], warm[STATUS_WARM_ROOM];

        copy(profile->name, name, sizeof(name));
        copy(profile->warm, warm, sizeof(warm));
        fprintf(out, "%-16s %6" PRIu64 " %6" PRIu64 " %8" PRIu64 " %10" PRIu64 " %8" PRIu64 " %10s %9s%s\n",
                name, cells[STATUS_READY - STATUS_MAKING], cells[0], cells[STATUS_RUNNING - STATUS_MAKING],
                cells[STATUS_RECLAIMING - STATUS_MAKING], profile->numbers.arrivals_per_minute,
                profile->numbers.make_us > 0 ? moment(profile->numbers.make_us, make) : "-", warm,
                profile->is_disabled ? "  disabled" : "");
    }
}

/* Why interpreters don't wait. */
static void report_warm(const struct status *status, FILE *out)
{
    for (size_t i = 0; i < status->n_profiles; i++) {
        const struct status_profile *profile = &status->profiles[i];
        char name[STATUS_NAME_ROOM], reason[STATUS_FAULT_ROOM];

        if (!*profile->warm_reason)
            continue;
        copy(profile->name, name, sizeof(name));
        copy(profile->warm_reason, reason, sizeof(reason));
        fprintf(out, "\n%s: its interpreter is not started ahead: %s\n", name, reason);
    }
}

static void report_faults(const struct status *status, FILE *out)
{
    for (size_t i = 0; i < status->n_profiles; i++) {
        const struct status_profile *profile = &status->profiles[i];
        char name[STATUS_NAME_ROOM], fault[STATUS_FAULT_ROOM];

        if (!*profile->fault)
            continue;
        copy(profile->name, name, sizeof(name));
        copy(profile->fault, fault, sizeof(fault));
        fprintf(out, "\n%s: a cell could not be made, %" PRIu64 " times in a row: %s\n", name,
                profile->numbers.failures, fault);
    }
}

int status_report(const struct status *status, FILE *out)
{
    char version[STATUS_VERSION_ROOM], uptime[QUANTITY_ROOM];

    copy(status->version, version, sizeof(version));
    fprintf(out, "exrun %s, up for %s, connections: %" PRIu64 "%s\n", version,
            duration(status->service.uptime_ms, uptime), status->service.connections,
            status->is_draining ? ", ends after the accepted runs" : "");
    report_maintenance(status, out);
    report_runs(status, out);
    report_counts(status, out);
    report_profiles(status, out);
    report_examples(status, out);
    report_warm(status, out);
    report_faults(status, out);
    return answer_end(out);
}
