/* SPDX-License-Identifier: MIT */
/* Writes the metrics: a table of families, each with the function that writes its samples. */
#include "runner/front/metrics_write.h"

#include <inttypes.h>

#define SECOND_US UINT64_C(1000000)

/* A family that is being written. */
struct writer {
    const struct metrics_view *view;
    const char *name;
    FILE *out;
    size_t times;
};

/* A label; a list ends with a name that is NULL. */
struct label_pair {
    const char *name, *value;
};

#define NO_LABELS ((const struct label_pair[]){{NULL, NULL}})
#define ONE_LABEL(name, value) ((const struct label_pair[]){{name, value}, {NULL, NULL}})
#define TWO_LABELS(name, value, second, its) \
    ((const struct label_pair[]){{name, value}, {second, its}, {NULL, NULL}})

/* Backslash, quotation mark and line feed are escaped; all else is UTF-8 (exposition formats). */
static void put_value(const struct writer *writer, const char *text)
{
    for (; *text; text++) {
        if (*text == '\n') {
            fputs("\\n", writer->out);
            continue;
        }
        if (*text == '\\' || *text == '"')
            fputc('\\', writer->out);
        fputc(*text, writer->out);
    }
}

/* Writes the name and the labels of a sample. */
static void put_name(const struct writer *writer, const char *suffix, const struct label_pair *labels)
{
    fprintf(writer->out, "%s%s", writer->name, suffix);
    for (size_t i = 0; labels[i].name; i++) {
        fprintf(writer->out, "%s%s=\"", i == 0 ? "{" : ",", labels[i].name);
        put_value(writer, labels[i].value);
        fputc('"', writer->out);
    }
    fputs(labels[0].name ? "} " : " ", writer->out);
}

static void put(const struct writer *writer, const struct label_pair *labels, uint64_t number)
{
    put_name(writer, "", labels);
    fprintf(writer->out, "%" PRIu64 "\n", number);
}

static void put_seconds(const struct writer *writer, const char *suffix, const struct label_pair *labels,
                        uint64_t us)
{
    put_name(writer, suffix, labels);
    fprintf(writer->out, "%" PRIu64 ".%06" PRIu64 "\n", us / SECOND_US, us % SECOND_US);
}

/* Writes cumulative buckets, sum and count. @labels: two at most. */
static void put_histogram(const struct writer *writer, const struct label_pair *labels,
                          const struct histogram *histogram)
{
    const uint64_t n = histogram_count(histogram, HISTOGRAM_N_BOUNDS);
    struct label_pair all[4] = {{NULL, NULL}};
    size_t n_labels = 0;

    if (n == 0)
        return;
    for (; labels[n_labels].name; n_labels++)
        all[n_labels] = labels[n_labels];
    all[n_labels].name = "le";
    for (size_t i = 0; i <= HISTOGRAM_N_BOUNDS; i++) {
        all[n_labels].value = i < HISTOGRAM_N_BOUNDS ? histogram_bounds[i].text : "+Inf";
        put_name(writer, "_bucket", all);
        fprintf(writer->out, "%" PRIu64 "\n", histogram_count(histogram, i));
    }
    put_seconds(writer, "_sum", labels, histogram->sum_us);
    put_name(writer, "_count", labels);
    fprintf(writer->out, "%" PRIu64 "\n", n);
}

/* Calls @write for the profiles that were seen. Those that are too many share one row. */
static void for_profiles(const struct writer *writer,
                         void (*write)(const struct writer *writer, const char *name,
                                       const struct metrics_profile *profile))
{
    const struct metrics *metrics = writer->view->metrics;

    for (size_t i = LABEL_OTHER; i <= metrics->profile_names.n; i++)
        if (metrics->profiles[i].is_used)
            write(writer, label_set_text(&metrics->profile_names, i), &metrics->profiles[i]);
}

static void put_runs(const struct writer *writer, const char *name, const struct metrics_profile *profile)
{
    for (enum verdict verdict = 0; verdict < N_VERDICTS; verdict++)
        put(writer, TWO_LABELS("profile", name, "verdict", verdict_rows[verdict].word),
            profile->verdicts[verdict]);
}

static void put_request_times(const struct writer *writer, const char *name,
                              const struct metrics_profile *profile)
{
    static const char *const cells[N_METRICS_CELLS] = {[METRICS_NO_CELL] = "none",
                                                       [METRICS_COLD] = "cold",
                                                       [METRICS_READY] = "ready",
                                                       [METRICS_PARKED] = "parked"};

    for (enum metrics_cell cell = 0; cell < N_METRICS_CELLS; cell++)
        put_histogram(writer, TWO_LABELS("profile", name, "cell", cells[cell]), &profile->request[cell]);
}

/* Of the histogram that the family names. */
static void put_times(const struct writer *writer, const char *name, const struct metrics_profile *profile)
{
    put_histogram(writer, ONE_LABEL("profile", name),
                  (const struct histogram *)(const void *)((const char *)profile + writer->times));
}

static void put_misses(const struct writer *writer, const char *name, const struct metrics_profile *profile)
{
    put(writer, ONE_LABEL("profile", name), profile->misses);
}

static void write_build_info(const struct writer *writer)
{
    put(writer, ONE_LABEL("version", writer->view->status->version), 1);
}

static void write_runs(const struct writer *writer)
{
    for_profiles(writer, put_runs);
}

static void write_request_times(const struct writer *writer)
{
    for_profiles(writer, put_request_times);
}

static void write_times(const struct writer *writer)
{
    for_profiles(writer, put_times);
}

static void write_misses(const struct writer *writer)
{
    for_profiles(writer, put_misses);
}

static void write_examples(const struct writer *writer)
{
    const struct metrics *metrics = writer->view->metrics;

    for (size_t i = LABEL_OTHER; i <= metrics->example_names.n; i++)
        for (enum verdict verdict = 0; verdict < N_VERDICTS; verdict++)
            if (metrics->examples[i][verdict] > 0)
                put(writer,
                    TWO_LABELS("example", label_set_text(&metrics->example_names, i), "verdict",
                               verdict_rows[verdict].word),
                    metrics->examples[i][verdict]);
}

static void write_queue_times(const struct writer *writer)
{
    put_histogram(writer, NO_LABELS, &writer->view->metrics->queue);
}

static void write_queue_length(const struct writer *writer)
{
    put(writer, NO_LABELS, writer->view->status->queue.length);
}

static void write_queue_bytes(const struct writer *writer)
{
    put(writer, NO_LABELS, writer->view->status->queue.bytes);
}

static void write_cells(const struct writer *writer)
{
    const struct status *status = writer->view->status;

    for (size_t i = 0; i < status->n_profiles; i++)
        for (enum status_state state = STATUS_MAKING; state < N_STATUS_STATES; state++)
            put(writer, TWO_LABELS("profile", status->profiles[i].name, "state", status_words[state]),
                status->profiles[i].numbers.cells[state - STATUS_MAKING]);
}

static void write_disabled(const struct writer *writer)
{
    const struct status *status = writer->view->status;

    for (size_t i = 0; i < status->n_profiles; i++)
        put(writer, ONE_LABEL("profile", status->profiles[i].name), status->profiles[i].is_disabled);
}

static void write_maintenance(const struct writer *writer)
{
    put(writer, NO_LABELS, *writer->view->status->maintenance != '\0');
}

static void write_rejected(const struct writer *writer)
{
    static const char *const words[N_METRICS_REASONS] = {
        [METRICS_MALFORMED] = "malformed",
        [METRICS_UNAUTHORIZED] = "unauthorized",
        [METRICS_FORBIDDEN] = "forbidden",
        [METRICS_NOT_FOUND] = "not_found",
        [METRICS_METHOD] = "method",
        [METRICS_SLOW] = "slow",
        [METRICS_CONFLICT] = "conflict",
        [METRICS_TOO_LARGE] = "too_large",
        [METRICS_TYPE] = "type",
        [METRICS_HOST] = "host",
        [METRICS_INVALID] = "invalid",
        [METRICS_QUEUE_FULL] = "queue_full",
        [METRICS_ERROR] = "error",
        [METRICS_UNSUPPORTED] = "unsupported",
        [METRICS_UNAVAILABLE] = "unavailable",
        [METRICS_OVERLOADED] = "overloaded",
        [METRICS_CONNECTIONS] = "connections",
        [METRICS_MAINTENANCE] = "maintenance",
        [METRICS_DISABLED] = "disabled",
    };

    for (enum metrics_reason reason = 0; reason < N_METRICS_REASONS; reason++)
        put(writer, ONE_LABEL("reason", words[reason]), writer->view->metrics->rejected[reason]);
}

static void write_syscalls(const struct writer *writer)
{
    const struct metrics *metrics = writer->view->metrics;

    for (size_t i = LABEL_OTHER; i <= metrics->syscall_names.n; i++)
        if (metrics->syscalls[i] > 0)
            put(writer, ONE_LABEL("syscall", label_set_text(&metrics->syscall_names, i)),
                metrics->syscalls[i]);
}

static void write_reclaimed(const struct writer *writer)
{
    put(writer, ONE_LABEL("what", "cell"), writer->view->metrics->reclaimed);
}

static void write_unreclaimed(const struct writer *writer)
{
    put(writer, NO_LABELS, writer->view->status->service.unreclaimed);
}

static void write_cache(const struct writer *writer)
{
    put(writer, ONE_LABEL("result", "hit"), writer->view->metrics->caches[METRICS_CACHE_HIT]);
    put(writer, ONE_LABEL("result", "miss"), writer->view->metrics->caches[METRICS_CACHE_MISS]);
}

static void write_clients(const struct writer *writer)
{
    put(writer, NO_LABELS, writer->view->n_clients);
}

static void write_connections(const struct writer *writer)
{
    put(writer, NO_LABELS, writer->view->status->service.connections);
}

static void write_streams(const struct writer *writer)
{
    put(writer, NO_LABELS, writer->view->metrics->streams.n_open);
}

static void write_stream_bytes(const struct writer *writer)
{
    put(writer, NO_LABELS, writer->view->metrics->streams.bytes);
}

static void write_readers_dropped(const struct writer *writer)
{
    put(writer, NO_LABELS, writer->view->metrics->streams.dropped);
}

static void write_log_dropped(const struct writer *writer)
{
    put(writer, NO_LABELS, writer->view->status->service.log_dropped);
}

static void write_restarts(const struct writer *writer)
{
    put(writer, ONE_LABEL("process", "front"), writer->view->status->restarts.front);
    put(writer, ONE_LABEL("process", "keeper"), writer->view->status->restarts.keepers);
}

static void write_cpu(const struct writer *writer)
{
    put_seconds(writer, "", NO_LABELS, writer->view->process.cpu_us);
}

static void write_started(const struct writer *writer)
{
    put_seconds(writer, "", NO_LABELS, writer->view->started_us);
}

/* Leaves out what is not known. */
static void put_known(const struct writer *writer, uint64_t number)
{
    if (number > 0)
        put(writer, NO_LABELS, number);
}

static void write_virtual(const struct writer *writer)
{
    put_known(writer, writer->view->process.virtual_bytes);
}

static void write_resident(const struct writer *writer)
{
    put_known(writer, writer->view->process.resident_bytes);
}

static void write_fds(const struct writer *writer)
{
    put_known(writer, writer->view->process.n_fds);
}

static void write_sandbox(const struct writer *writer)
{
    put(writer, NO_LABELS, writer->view->sandbox_bytes);
}

static void write_most_fds(const struct writer *writer)
{
    put(writer, NO_LABELS, writer->view->most_fds);
}

#define TIMES(member) offsetof(struct metrics_profile, member)

/* @times: of a histogram of each profile. */
static const struct {
    const char *name, *type, *help;
    void (*write)(const struct writer *writer);
    size_t times;
} families[] = {
    {"exrun_build_info", "gauge", "The version of exrun; always 1.", write_build_info},
    {"exrun_runs_total", "counter", "Runs that have ended.", write_runs},
    {"exrun_run_seconds", "histogram", "Wall-clock time of programs.", write_times, TIMES(run)},
    {"exrun_request_seconds", "histogram", "Time from the request for a run to its answer.",
     write_request_times},
    {"exrun_queue_seconds", "histogram", "Wait of runs that have ended for a cell.", write_queue_times},
    {"exrun_queue_length", "gauge", "Runs that wait for a cell.", write_queue_length},
    {"exrun_queue_bytes", "gauge", "Size of the requests of runs that wait.", write_queue_bytes},
    {"exrun_clients_active", "gauge", "Clients with a run that waits or runs.", write_clients},
    {"exrun_cells", "gauge", "Cells by their state.", write_cells},
    {"exrun_sandbox_bytes", "gauge", "Memory of all cells, with their files.", write_sandbox},
    {"exrun_cell_make_seconds", "histogram", "Time to create a cell ahead.", write_times, TIMES(make)},
    {"exrun_cell_reclaim_seconds", "histogram", "Time to remove a cell after its program.", write_times,
     TIMES(reclaim)},
    {"exrun_pool_misses_total", "counter", "Runs that did not find a ready cell.", write_misses},
    {"exrun_rejected_total", "counter", "Requests that were refused.", write_rejected},
    {"exrun_denied_syscalls_total", "counter", "Syscalls that ended a program.", write_syscalls},
    {"exrun_reclaimed_total", "counter", "Cells that were removed completely.", write_reclaimed},
    {"exrun_unreclaimed_total", "counter", "Cells that left something behind.", write_unreclaimed},
    {"exrun_compile_cache_total", "counter", "Runs by whether their program was compiled before.",
     write_cache},
    {"exrun_example_runs_total", "counter", "Runs that have ended, by the label example.", write_examples},
    {"exrun_maintenance", "gauge", "1 during maintenance.", write_maintenance},
    {"exrun_profile_disabled", "gauge", "1 if an operator has disabled the profile.", write_disabled},
    {"exrun_connections", "gauge", "Open connections.", write_connections},
    {"exrun_streams", "gauge", "Open streams of events.", write_streams},
    {"exrun_stream_bytes_total", "counter", "Bytes of events that were written to readers.",
     write_stream_bytes},
    {"exrun_stream_readers_dropped_total", "counter", "Readers of events that took nothing for too long.",
     write_readers_dropped},
    {"exrun_log_dropped_total", "counter", "Lines of the log that were dropped.", write_log_dropped},
    {"exrun_restarts_total", "counter", "Processes that were started again.", write_restarts},
    {"process_cpu_seconds_total", "counter", "CPU time of the front.", write_cpu},
    {"process_start_time_seconds", "gauge", "Start of the front, since 1970.", write_started},
    {"process_virtual_memory_bytes", "gauge", "Address space of the front.", write_virtual},
    {"process_resident_memory_bytes", "gauge", "Memory of the front.", write_resident},
    {"process_open_fds", "gauge", "Open descriptors of the front.", write_fds},
    {"process_max_fds", "gauge", "Descriptors that the front may have.", write_most_fds},
};

void metrics_write(const struct metrics_view *view, FILE *out)
{
    for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++) {
        const struct writer writer = {view, families[i].name, out, families[i].times};

        fprintf(out, "# HELP %s %s\n# TYPE %s %s\n", families[i].name, families[i].help, families[i].name,
                families[i].type);
        families[i].write(&writer);
    }
}
