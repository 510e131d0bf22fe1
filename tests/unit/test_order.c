/* SPDX-License-Identifier: MIT */
/* plan/order: a packed order can be read again. If any byte of it is changed, it is refused or harmless. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/plan/order.h"
#include "unit.h"

static char one[] = "one", pair[] = "A=b", glob[] = "*.txt", path[] = "lib/a", text[] = "a\0b",
            source[] = "print", label[] = "secret";
static char *args[] = {one, one, NULL}, *env[] = {pair, NULL}, *artifacts[] = {glob, NULL};
static struct job_file files[] = {{path, {text, 3}}, {one, {source, 0}}};
static struct job_label labels[] = {{label, label}};
static const struct job full = {.id = label,
                                .profile = label,
                                .labels = labels,
                                .n_labels = 1,
                                .source = {source, 5},
                                .files = files,
                                .n_files = 2,
                                .input = {text, 3},
                                .keeps_input_open = true,
                                .args = args,
                                .env = env,
                                .artifacts = artifacts,
                                .asked = {.wall_ms = 7, .files = 99}};

static void test_an_order_comes_back(void **state)
{
    _cleanup_(freep) char *bytes = NULL;
    struct job job;
    size_t size;

    (void)state;
    assert_int_equal(order_pack(&full, 8, &bytes, &size), 0);
    assert_int_equal(order_parse(bytes + 8, size - 8, &job), 0);
    assert_string_equal(job.args[1], "one");
    assert_null(job.args[2]);
    assert_string_equal(job.env[0], "A=b");
    assert_string_equal(job.artifacts[0], "*.txt");
    assert_int_equal(job.n_files, 2);
    assert_string_equal(job.files[0].path, "lib/a");
    assert_int_equal(job.files[0].content.size, 3);
    assert_memory_equal(job.files[0].content.data, text, 4);
    assert_int_equal(job.files[1].content.size, 0);
    assert_int_equal(job.source.size, 5);
    assert_int_equal(job.input.size, 3);
    assert_true(job.keeps_input_open);
    assert_int_equal(job.asked.wall_ms, 7);
    assert_int_equal(job.asked.files, 99);
    assert_null(job.id);
    assert_null(memmem(bytes, size, label, strlen(label)));
    order_free_lists(&job);
}

static void test_an_empty_job_comes_back(void **state)
{
    const struct job none = {0};
    _cleanup_(freep) char *bytes = NULL;
    struct job job;
    size_t size;

    (void)state;
    assert_int_equal(order_pack(&none, 0, &bytes, &size), 0);
    assert_int_equal(order_parse(bytes, size, &job), 0);
    assert_null(job.args);
    assert_null(job.source.data);
    order_free_lists(&job);
}

static int parse_packed(const struct job *job)
{
    _cleanup_(freep) char *bytes = NULL;
    struct job read;
    size_t size;
    int r;

    assert_int_equal(order_pack(job, 0, &bytes, &size), 0);
    r = order_parse(bytes, size, &read);
    order_free_lists(&read);
    return r;
}

/* A list of @n texts. */
static int parse_many(size_t n, size_t list_at)
{
    _cleanup_(freep) char **texts = calloc(n + 1, sizeof(*texts));
    struct job job = {0};

    assert_non_null(texts);
    for (size_t i = 0; i < n; i++)
        texts[i] = one;
    memcpy((char *)&job + list_at, &texts, sizeof(texts));
    return parse_packed(&job);
}

static int parse_files(size_t n)
{
    _cleanup_(freep) struct job_file *many = calloc(n, sizeof(*many));

    assert_non_null(many);
    for (size_t i = 0; i < n; i++)
        many[i] = files[1];
    return parse_packed(&(struct job){.files = many, .n_files = n});
}

static void test_a_list_is_not_longer_than_in_a_request(void **state)
{
    static const struct {
        size_t at, most;
    } rows[] = {{offsetof(struct job, args), JOB_MOST_ITEMS},
                {offsetof(struct job, env), JOB_MOST_ITEMS},
                {offsetof(struct job, artifacts), JOB_MOST_ARTIFACTS}};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        assert_int_equal(parse_many(rows[i].most, rows[i].at), 0);
        assert_int_equal(parse_many(rows[i].most + 1, rows[i].at), -EBADMSG);
    }
    assert_int_equal(parse_files(JOB_MOST_FILES), 0);
    assert_int_equal(parse_files(JOB_MOST_FILES + 1), -EBADMSG);
}

/* Tries every length, and every byte with each of its bits flipped. If the order is accepted, it keeps its
 * guarantees. */
static void test_changed_bytes_do_no_harm(void **state)
{
    _cleanup_(freep) char *bytes = NULL;
    char room[4096];
    size_t size, refused = 0;

    (void)state;
    assert_int_equal(order_pack(&full, 0, &bytes, &size), 0);
    assert_true(size <= sizeof(room));
    for (size_t cut = 0; cut < size; cut++) {
        char *copy = malloc(cut + 1);
        struct job job;

        assert_non_null(copy);
        memcpy(copy, bytes, cut);
        assert_int_equal(order_parse(copy, cut, &job), -EBADMSG);
        free(copy);
    }
    for (size_t bit = 0; bit < size * 8; bit++) {
        struct job job;

        memcpy(room, bytes, size);
        room[bit / 8] = (char)(room[bit / 8] ^ 1 << bit % 8);
        if (order_parse(room, size, &job) < 0) {
            refused++;
            continue;
        }
        for (size_t i = 0; i < job.n_files; i++)
            assert_true(job.files[i].path >= room &&
                        job.files[i].path + strlen(job.files[i].path) < room + size);
        order_free_lists(&job);
    }
    assert_true(refused > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_an_order_comes_back),
                                       cmocka_unit_test(test_an_empty_job_comes_back),
                                       cmocka_unit_test(test_a_list_is_not_longer_than_in_a_request),
                                       cmocka_unit_test(test_changed_bytes_do_no_harm)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
