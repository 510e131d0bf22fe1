/* SPDX-License-Identifier: MIT */
/* front/queue: many clients are told apart, and any operations agree with a simple model. test_queue.c: each
 * rule. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/front/queue.h"
#include "unit.h"

enum { N_CLIENTS = 7, N_MODEL = 60, MOST = 2048 };

static struct queue queue;
static struct queue_run runs[MOST];

/* Clients whose hashes share a bucket are told apart, because there are more clients than buckets. */
static void test_many_clients(void **state)
{
    static char names[MOST][8];
    struct queue_run *run;

    (void)state;
    queue_init(&queue, MOST, UINT64_MAX);
    for (size_t i = 0; i < MOST; i++) {
        snprintf(names[i], sizeof(names[i]), "%zu", i / 2);
        runs[i] = (struct queue_run){.client = names[i], .principal = "p"};
        assert_int_equal(queue_push(&queue, &runs[i]), 0);
    }
    for (size_t i = 0; i < MOST; i++) {
        assert_int_equal(queue_order(&queue, &run, 1, MOST), 1);
        assert_int_equal(run - runs, i < MOST / 2 ? 2 * i : 2 * (i - MOST / 2) + 1);
        queue_start(&queue, run);
    }
    assert_int_equal(queue_order(&queue, &run, 1, MOST), 0);
}

/* The same rules for the runs of one kind, as simply as they can be written: a list of clients, and a list of
 * runs for each. */
struct model {
    size_t ring[N_CLIENTS], n_ring;
    size_t runs[N_CLIENTS][N_MODEL], n_runs[N_CLIENTS];
};

static void insert(size_t *list, size_t *n, size_t at, size_t value)
{
    memmove(list + at + 1, list + at, (*n - at) * sizeof(*list));
    list[at] = value;
    ++*n;
}

static void take_out(size_t *list, size_t *n, size_t value)
{
    size_t kept = 0;

    for (size_t i = 0; i < *n; i++)
        if (list[i] != value)
            list[kept++] = list[i];
    *n = kept;
}

static void model_remove(struct model *model, size_t run, size_t client, bool is_start)
{
    take_out(model->runs[client], &model->n_runs[client], run);
    if (is_start || model->n_runs[client] == 0)
        take_out(model->ring, &model->n_ring, client);
    if (is_start && model->n_runs[client] > 0)
        insert(model->ring, &model->n_ring, model->n_ring, client);
}

static void model_add(struct model *model, size_t run, size_t client, bool is_return)
{
    if (is_return || model->n_runs[client] == 0) {
        take_out(model->ring, &model->n_ring, client);
        insert(model->ring, &model->n_ring, is_return ? 0 : model->n_ring, client);
    }
    insert(model->runs[client], &model->n_runs[client], is_return ? 0 : model->n_runs[client], run);
}

/* Stores the runs of one kind in their order, and returns their number. */
static size_t list(const struct model *model, size_t *ret)
{
    size_t n = 0;

    for (size_t round = 0; round < N_MODEL; round++)
        for (size_t i = 0; i < model->n_ring; i++)
            if (model->n_runs[model->ring[i]] > round)
                ret[n++] = model->runs[model->ring[i]][round];
    return n;
}

/* @n_passed: synchronous runs that have started since an asynchronous one did, while one waited. */
static void assert_like(const struct model models[2], size_t n_passed)
{
    struct queue_run *order[N_MODEL];
    size_t lists[2][N_MODEL], left[2] = {list(&models[0], lists[0]), list(&models[1], lists[1])};
    size_t next[2] = {0, 0}, n = queue_order(&queue, order, N_MODEL, N_MODEL);
    uint64_t earliest = UINT64_MAX;

    assert_int_equal(n, left[0] + left[1]);
    assert_int_equal(n, queue.n);
    assert_int_equal(10 * n, queue.bytes);
    for (size_t i = 0; i < n; i++) {
        bool is_async = left[0] == 0 || (left[1] > 0 && n_passed >= 7);

        n_passed = is_async ? 0 : n_passed + (left[1] > 0);
        left[is_async]--;
        assert_int_equal(order[i] - runs, lists[is_async][next[is_async]++]);
        assert_int_equal(queue_position(&queue, order[i]), i + 1);
        if (order[i]->deadline_ns < earliest)
            earliest = order[i]->deadline_ns;
    }
    assert_int_equal(earliest, queue_deadline_ns(&queue));
}

static size_t passed_after(size_t n_passed, bool is_async, size_t n_async)
{
    if (is_async)
        return 0;
    return n_async > 0 && n_passed < 7 ? n_passed + 1 : n_passed;
}

static void test_any_operations_agree_with_a_simple_model(void **state)
{
    static const char *const names[N_CLIENTS] = {"a", "b", "c", "d", "e", "f", NULL};
    struct model models[2] = {0};
    bool is_waiting[N_MODEL] = {false};
    size_t n_passed = 0, n_async = 0;

    (void)state;
    srand(1);
    queue_init(&queue, N_MODEL, UINT64_MAX);
    for (size_t step = 0; step < 30000; step++) {
        size_t i = (size_t)rand() % N_MODEL, client = i * i % N_CLIENTS;
        bool is_special = rand() % 3 == 0, is_async = i % 3 == 0;

        if (is_waiting[i]) {
            (is_special ? queue_start : queue_remove)(&queue, &runs[i]);
            model_remove(&models[is_async], i, client, is_special);
            if (is_special)
                n_passed = passed_after(n_passed, is_async, n_async);
            n_async -= is_async;
        } else {
            runs[i] = (struct queue_run){.client = names[client],
                                         .principal = "p",
                                         .bytes = 10,
                                         .deadline_ns = (uint64_t)rand() % 100,
                                         .is_async = is_async};
            if (is_special)
                queue_return(&queue, &runs[i]);
            else
                assert_int_equal(queue_push(&queue, &runs[i]), 0);
            model_add(&models[is_async], i, client, is_special);
            if (is_special)
                n_passed = is_async ? 7 : n_passed - (n_passed > 0);
            n_async += is_async;
        }
        is_waiting[i] = !is_waiting[i];
        assert_like(models, n_passed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many_clients),
        cmocka_unit_test(test_any_operations_agree_with_a_simple_model),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
