/* SPDX-License-Identifier: MIT */
/* Counts for the metrics. */
#include "runner/front/metrics.h"

struct metrics_profile *metrics_of(struct metrics *metrics, const char *profile)
{
    size_t i = label_set_index(&metrics->profile_names, profile, METRICS_MOST_PROFILES);

    metrics->profiles[i].is_used = true;
    return &metrics->profiles[i];
}

static void note_denied(struct metrics *metrics, const char *syscall)
{
    if (*syscall)
        metrics->syscalls[label_set_index(&metrics->syscall_names, syscall, METRICS_MOST_SYSCALLS)]++;
}

void metrics_note_run(struct metrics *metrics, const struct metrics_run *run)
{
    struct metrics_profile *profile = metrics_of(metrics, run->profile);
    size_t most = run->most_examples < METRICS_MOST_EXAMPLES ? run->most_examples : METRICS_MOST_EXAMPLES;

    profile->verdicts[run->verdict]++;
    profile->misses += run->cell == METRICS_COLD;
    if (run->wall_us > 0)
        histogram_note(&profile->run, run->wall_us);
    if (run->is_answered)
        histogram_note(&profile->request[run->cell], run->request_us);
    histogram_note(&metrics->queue, run->queue_us);
    metrics->caches[run->cache]++;
    for (size_t i = 0; i < 2; i++)
        note_denied(metrics, run->denied[i]);
    if (run->example)
        metrics->examples[label_set_index(&metrics->example_names, run->example, most)][run->verdict]++;
}

enum metrics_reason metrics_reason_of(unsigned int status, bool may_retry)
{
    static const struct {
        unsigned int status;
        enum metrics_reason reason;
    } rows[] = {
        {400, METRICS_MALFORMED}, {401, METRICS_UNAUTHORIZED}, {403, METRICS_FORBIDDEN},
        {404, METRICS_NOT_FOUND}, {405, METRICS_METHOD},       {408, METRICS_SLOW},
        {409, METRICS_CONFLICT},  {413, METRICS_TOO_LARGE},    {415, METRICS_TYPE},
        {421, METRICS_HOST},      {422, METRICS_INVALID},      {429, METRICS_QUEUE_FULL},
        {500, METRICS_ERROR},     {503, METRICS_UNAVAILABLE},
    };

    if (status == 503 && may_retry)
        return METRICS_OVERLOADED;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (rows[i].status == status)
            return rows[i].reason;
    return METRICS_UNSUPPORTED;
}

void metrics_deinit(struct metrics *metrics)
{
    label_set_deinit(&metrics->profile_names);
    label_set_deinit(&metrics->syscall_names);
    label_set_deinit(&metrics->example_names);
}
