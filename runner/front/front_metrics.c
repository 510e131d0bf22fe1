/* SPDX-License-Identifier: MIT */
/* Counts for the metrics, and answers GET /metrics. */
#include "runner/front/front_metrics.h"

#include <errno.h>
#include <event2/buffer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/answer/result.h"
#include "runner/front/connection_answer.h"
#include "runner/front/front.h"
#include "runner/front/front_process.h"
#include "runner/front/front_run.h"
#include "runner/front/front_waiters.h"
#include "runner/front/metrics_write.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"

/* Only an outcome of a keeper has times. */
static enum metrics_cell cell_of(const struct run_result *result)
{
    static const enum metrics_cell cells[N_RUN_CELLS] = {
        [RUN_CELL_COLD] = METRICS_COLD, [RUN_CELL_READY] = METRICS_READY, [RUN_CELL_PARKED] = METRICS_PARKED};

    if (timing_us(&result->timing, 0, N_TIMING_PARTS - 1) == 0)
        return METRICS_NO_CELL;
    return cells[result->cell];
}

static enum metrics_cache cache_of(const struct run_result *result)
{
    if (!result->has_compiled)
        return METRICS_CACHE_UNUSED;
    return result->was_cached ? METRICS_CACHE_HIT : METRICS_CACHE_MISS;
}

void front_metrics_note_run(struct front *front, const struct front_run *run, const struct run_result *result)
{
    metrics_note_run(front->metrics,
                     &(struct metrics_run){.profile = run->load->languages[run->profile].profile.name,
                                           .example = front_run_label(run, "example"),
                                           .denied = {result->compile.denied, result->run.denied},
                                           .most_examples = front->load->config.labels.examples,
                                           .verdict = result->verdict,
                                           .cell = cell_of(result),
                                           .cache = cache_of(result),
                                           .wall_us = result->run.wall_us,
                                           .queue_us = result->queue_us,
                                           .request_us = (timing_now_ns() - run->received_ns) / 1000,
                                           .is_answered = front_waiters_any(run)});
}

void front_metrics_note_make(struct front *front, unsigned int profile, uint64_t us)
{
    const char *name = front->load->languages[profile].profile.name;

    histogram_note(&metrics_of(front->metrics, name)->make, us);
}

void front_metrics_note_reclaim(struct front *front, unsigned int profile, uint64_t us)
{
    const char *name = front->load->languages[profile].profile.name;

    histogram_note(&metrics_of(front->metrics, name)->reclaim, us);
}

/* The question whether the service is ready is not refused by 503, it is answered. */
void front_metrics_note_refusal(const struct connection *connection, unsigned int status)
{
    if (status != 503 || connection->method == HTTP_POST)
        connection->front->metrics->rejected[metrics_reason_of(status, false)]++;
}

/* Bytes that leave the buffer were written to the socket. */
static void on_written(struct evbuffer *output, const struct evbuffer_cb_info *info, void *arg)
{
    struct connection *connection = arg;
    size_t n = info->n_deleted, head = n < connection->head_bytes ? n : connection->head_bytes;

    (void)output;
    connection->head_bytes -= head;
    connection->front->metrics->streams.bytes += n - head;
}

int front_metrics_begin_stream(struct connection *connection)
{
    struct evbuffer *output = bufferevent_get_output(connection->stream);

    connection->head_bytes = evbuffer_get_length(output);
    connection->counting = evbuffer_add_cb(output, on_written, connection);
    if (!connection->counting)
        return -ENOMEM;
    connection->front->metrics->streams.n_open++;
    return 0;
}

void front_metrics_end_stream(struct connection *connection)
{
    if (!connection->counting)
        return;
    evbuffer_remove_cb_entry(bufferevent_get_output(connection->stream), steal(connection->counting));
    connection->front->metrics->streams.n_open--;
}

void front_metrics_note_dropped(const struct connection *connection)
{
    if (connection->counting)
        connection->front->metrics->streams.dropped++;
}

/* Two runs are of one client under the same conditions as in the queue (queue.h). */
static int compare_clients(const void *a, const void *b)
{
    const struct queue_run *one = *(const struct queue_run *const *)a;
    const struct queue_run *other = *(const struct queue_run *const *)b;
    int r = strcmp(one->principal, other->principal);

    if (r != 0)
        return r;
    if (!one->client || !other->client)
        return (one->client != NULL) - (other->client != NULL);
    return strcmp(one->client, other->client);
}

/* Counts the clients that have a run. Returns 0 or -1. */
static int count_clients(const struct front *front, uint64_t *ret)
{
    _cleanup_(freep) const struct queue_run **runs = NULL;
    const struct front_run *run;
    size_t n = 0;

    TAILQ_FOREACH(run, &front->runs, entry)
    n++;
    runs = calloc(n + 1, sizeof(struct queue_run *));
    if (!runs)
        return -1;
    n = 0;
    TAILQ_FOREACH(run, &front->runs, entry)
    runs[n++] = &run->link;
    qsort(runs, n, sizeof(struct queue_run *), compare_clients);
    *ret = 0;
    for (size_t i = 0; i < n; i++)
        *ret += i == 0 || compare_clients(&runs[i - 1], &runs[i]) != 0;
    return 0;
}

/* Writes them into a text that the caller frees; NULL: memory is short. */
static char *text_of(const struct front *front, const struct status *status, size_t *ret_size)
{
    struct metrics_view view = {.metrics = front->metrics,
                                .status = status,
                                .started_us = front->started_us,
                                .most_fds = front->most_fds};
    char *text = NULL;
    FILE *out;
    bool is_whole;

    front_process_look(front->config->status_fd, &view.process);
    for (size_t i = 0; i < front->keepers.n; i++)
        view.sandbox_bytes += front->keepers.items[i].billed_bytes;
    out = count_clients(front, &view.n_clients) < 0 ? NULL : open_memstream(&text, ret_size);
    if (!out)
        return NULL;
    metrics_write(&view, out);
    is_whole = !ferror(out);
    is_whole &= fclose(out) == 0;
    if (is_whole)
        return text;
    free(text);
    return NULL;
}

/* Profiles have their series from the start, so that the first run is seen as an increase. */
static void name_profiles(const struct front *front)
{
    for (size_t i = 0; i < front->load->n_languages; i++)
        metrics_of(front->metrics, front->load->languages[i].profile.name);
}

void front_metrics_get(struct connection *connection)
{
    const struct front *front = connection->front;
    _cleanup_(content_unrefp) struct content *content = NULL;
    struct status status;
    size_t size = 0;

    name_profiles(front);
    if (front_status(front, &status) == 0)
        content = content_of_text(text_of(front, &status, &size));
    status_deinit(&status);
    if (content)
        connection_answer(connection, &(struct http_answer){.status = 200, .type = METRICS_CONTENT_TYPE},
                          content);
    else
        connection_close(connection);
}
