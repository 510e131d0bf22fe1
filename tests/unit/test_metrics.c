/* SPDX-License-Identifier: MIT */
/* front/histogram, label_set, metrics and metrics_write: times are in the right buckets, labels are bounded,
 * and the text is that of the format. */
#include "runner/front/metrics_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"
#include "unit.h"

static void test_a_time_at_a_bound_is_within_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < HISTOGRAM_N_BOUNDS; i++) {
        struct histogram histogram = {0};

        histogram_note(&histogram, histogram_bounds[i].us);
        assert_int_equal(histogram_count(&histogram, i), 1);
        assert_int_equal(i > 0 ? histogram_count(&histogram, i - 1) : 0, 0);
        histogram_note(&histogram, histogram_bounds[i].us + 1);
        assert_int_equal(histogram_count(&histogram, i), 1);
        assert_int_equal(histogram_count(&histogram, i + 1), 2);
        assert_int_equal(histogram.sum_us, 2 * histogram_bounds[i].us + 1);
    }
}

/* Prometheus compares the texts as numbers, and wants them in ascending order. */
static void test_the_texts_of_the_bounds_are_the_bounds(void **state)
{
    (void)state;
    for (size_t i = 0; i < HISTOGRAM_N_BOUNDS; i++) {
        assert_true(strtod(histogram_bounds[i].text, NULL) * 1e6 == (double)histogram_bounds[i].us);
        assert_true(i == 0 || histogram_bounds[i].us > histogram_bounds[i - 1].us);
    }
    assert_int_equal(histogram_bounds[0].us, 500);
}

static void test_the_longest_times_do_not_wrap(void **state)
{
    struct histogram histogram = {0};

    (void)state;
    for (int i = 0; i < 2; i++)
        histogram_note(&histogram, UINT64_MAX);
    assert_int_equal(histogram_count(&histogram, HISTOGRAM_N_BOUNDS - 1), 0);
    assert_int_equal(histogram_count(&histogram, HISTOGRAM_N_BOUNDS), 2);
    assert_true(histogram.sum_us == UINT64_MAX);
}

static void test_a_label_keeps_its_index(void **state)
{
    struct label_set set = {0};
    char name[32], longest[400];

    (void)state;
    for (size_t round = 0; round < 2; round++)
        for (size_t i = 0; i < 1000; i++) {
            snprintf(name, sizeof(name), "name%zu", i * 7 % 1000);
            assert_int_equal(label_set_index(&set, name, 1000), i + 1);
            assert_string_equal(label_set_text(&set, i + 1), name);
        }
    assert_int_equal(label_set_index(&set, "more", 1000), LABEL_OTHER);
    assert_int_equal(label_set_index(&set, "name0", 0), 1);
    assert_int_equal(label_set_index(&set, "other", 2000), LABEL_OTHER);
    assert_string_equal(label_set_text(&set, LABEL_OTHER), "other");
    memset(longest, 'x', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    assert_int_equal(label_set_index(&set, longest, 2000), 1001);
    assert_int_equal(label_set_index(&set, longest + 1, 2000), 1001);
    assert_int_equal(strlen(label_set_text(&set, 1001)), LABEL_ROOM - 1);
    assert_int_equal(label_set_index(&set, "\033", 2000), label_set_index(&set, "?", 2000));
    label_set_deinit(&set);
}

/* Returns the text of @metrics, which the caller frees. */
static char *text_of(const struct metrics *metrics)
{
    struct status status = {.version = "1.2\"3", .n_profiles = 0, .service.log_dropped = 7};
    const struct metrics_view view = {
        .metrics = metrics, .status = &status, .process = {.n_fds = 9}, .started_us = 1700000000000001};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    metrics_write(&view, out);
    assert_int_equal(fclose(out), 0);
    return text;
}

static void assert_has(const char *text, const char *lines)
{
    if (!strstr(text, lines))
        fail_msg("%s\nis not in\n%s", lines, text);
}

static void test_the_text_of_a_run(void **state)
{
    static struct metrics metrics;
    const struct metrics_run run = {.profile = "php",
                                    .example = "a\\b\"c",
                                    .denied = {"", "bpf"},
                                    .most_examples = 1,
                                    .verdict = VERDICT_DENIED,
                                    .cell = METRICS_COLD,
                                    .cache = METRICS_CACHE_MISS,
                                    .wall_us = 61000000,
                                    .queue_us = 500,
                                    .request_us = 1500001,
                                    .is_answered = true};
    _cleanup_(freep) char *text = NULL;

    (void)state;
    metrics_note_run(&metrics, &run);
    histogram_note(&metrics_of(&metrics, "php")->reclaim, 3000);
    metrics.streams = (struct metrics_streams){.n_open = 2, .bytes = 3, .dropped = 4};
    text = text_of(&metrics);
    assert_has(text, "# TYPE exrun_build_info gauge\nexrun_build_info{version=\"1.2\\\"3\"} 1\n");
    assert_has(text, "\nexrun_runs_total{profile=\"php\",verdict=\"denied\"} 1\n");
    assert_has(text, "\nexrun_example_runs_total{example=\"a\\\\b\\\"c\",verdict=\"denied\"} 1\n# ");
    assert_has(text, "\nexrun_denied_syscalls_total{syscall=\"bpf\"} 1\n# ");
    assert_has(text, "\nexrun_pool_misses_total{profile=\"php\"} 1\n");
    assert_has(text, "\nexrun_compile_cache_total{result=\"miss\"} 1\n");
    assert_has(text, "_bucket{profile=\"php\",cell=\"cold\",le=\"1\"} 0\n"
                     "exrun_request_seconds_bucket{profile=\"php\",cell=\"cold\",le=\"2.5\"} 1\n");
    assert_has(text, "\nexrun_request_seconds_sum{profile=\"php\",cell=\"cold\"} 1.500001\n"
                     "exrun_request_seconds_count{profile=\"php\",cell=\"cold\"} 1\n");
    assert_has(text, "\nexrun_run_seconds_bucket{profile=\"php\",le=\"60\"} 0\n"
                     "exrun_run_seconds_bucket{profile=\"php\",le=\"+Inf\"} 1\n"
                     "exrun_run_seconds_sum{profile=\"php\"} 61.000000\n");
    assert_has(text, "\nexrun_cell_reclaim_seconds_sum{profile=\"php\"} 0.003000\n");
    assert_has(text, "\nexrun_queue_seconds_bucket{le=\"0.0005\"} 1\n");
    assert_has(text, "# TYPE exrun_log_dropped_total counter\nexrun_log_dropped_total 7\n");
    assert_has(text, "# TYPE exrun_streams gauge\nexrun_streams 2\n");
    assert_has(text, "\nexrun_stream_bytes_total 3\n");
    assert_has(text, "\nexrun_stream_readers_dropped_total 4\n");
    assert_has(text, "\nprocess_start_time_seconds 1700000000.000001\n");
    assert_has(text, "\nprocess_open_fds 9\n");
    assert_has(text, "# TYPE process_resident_memory_bytes gauge\n# ");
    metrics_deinit(&metrics);
}

static void test_profiles_that_are_too_many_share_one(void **state)
{
    static struct metrics metrics;
    _cleanup_(freep) char *text = NULL;
    char name[32];

    (void)state;
    for (int i = 0; i < METRICS_MOST_PROFILES + 3; i++) {
        snprintf(name, sizeof(name), "p%d", i);
        metrics_note_run(&metrics,
                         &(struct metrics_run){.profile = name, .denied = {"", ""}, .verdict = VERDICT_OK});
    }
    text = text_of(&metrics);
    assert_has(text, "\nexrun_runs_total{profile=\"p255\",verdict=\"ok\"} 1\n");
    assert_has(text, "\nexrun_runs_total{profile=\"other\",verdict=\"ok\"} 3\n");
    assert_null(strstr(text, "p256"));
    metrics_deinit(&metrics);
}

static void test_each_status_has_a_reason(void **state)
{
    (void)state;
    assert_int_equal(metrics_reason_of(429, true), METRICS_QUEUE_FULL);
    assert_int_equal(metrics_reason_of(503, true), METRICS_OVERLOADED);
    assert_int_equal(metrics_reason_of(503, false), METRICS_UNAVAILABLE);
    assert_int_equal(metrics_reason_of(505, false), METRICS_UNSUPPORTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_time_at_a_bound_is_within_it),
        cmocka_unit_test(test_the_texts_of_the_bounds_are_the_bounds),
        cmocka_unit_test(test_the_longest_times_do_not_wrap),
        cmocka_unit_test(test_a_label_keeps_its_index),
        cmocka_unit_test(test_the_text_of_a_run),
        cmocka_unit_test(test_profiles_that_are_too_many_share_one),
        cmocka_unit_test(test_each_status_has_a_reason),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
