/* SPDX-License-Identifier: MIT */
/* front/queue: bounded, and fair between clients. test_queue_model.c: many runs. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/front/queue.h"
#include "unit.h"

enum { MOST = 2048 };

/* A queue with its runs, and names of clients "a", "b" and so on. */
struct scene {
    struct queue queue;
    struct queue_run runs[MOST];
};

static struct scene scene;

static void set(size_t most, uint64_t most_bytes)
{
    memset(&scene, 0, sizeof(scene));
    queue_init(&scene.queue, most, most_bytes);
}

static struct queue_run *prepare(size_t i, const char *client)
{
    scene.runs[i] =
        (struct queue_run){.client = client, .principal = "p", .bytes = 10, .deadline_ns = 1000 + i};
    return &scene.runs[i];
}

static void push(size_t i, const char *client)
{
    assert_int_equal(queue_push(&scene.queue, prepare(i, client)), 0);
}

static size_t index_of(const struct queue_run *run)
{
    return (size_t)(run - scene.runs);
}

static struct queue_run *head(void)
{
    struct queue_run *run = NULL;

    return queue_order(&scene.queue, &run, 1, MOST) > 0 ? run : NULL;
}

static size_t start_head(void)
{
    struct queue_run *run = head();

    queue_start(&scene.queue, run);
    return index_of(run);
}

/* Compares the whole order, given as the runs' numbers below ten, and each run's position. */
static void assert_order(const char *expected)
{
    struct queue_run *order[16];
    size_t n = queue_order(&scene.queue, order, N_ELEMENTS(order), MOST);
    char text[N_ELEMENTS(order) + 1] = "";

    for (size_t i = 0; i < n; i++) {
        text[i] = (char)('0' + index_of(order[i]));
        assert_int_equal(queue_position(&scene.queue, order[i]), i + 1);
    }
    assert_string_equal(text, expected);
    assert_int_equal(scene.queue.n, n);
}

static void test_clients_take_turns(void **state)
{
    (void)state;
    set(MOST, UINT64_MAX);
    assert_null(head());
    push(0, "a");
    push(1, "a");
    push(2, "a");
    push(3, "b");
    push(4, "c");
    push(5, "b");
    assert_order("034152");
    assert_int_equal(start_head(), 0);
    assert_order("34152");
    push(6, "d");
    assert_order("341652"); /* "d" comes after the clients of its round */
    for (const char *expected = "341652"; *expected; expected++)
        assert_int_equal(start_head(), *expected - '0');
    assert_order("");
    assert_int_equal(scene.queue.bytes, 0);
}

static void test_a_flood_delays_another_client_by_one_start(void **state)
{
    (void)state;
    for (size_t before = 0; before < 5; before++) {
        set(MOST, UINT64_MAX);
        for (size_t i = 0; i < 1000; i++)
            push(i, "flood");
        for (size_t i = 0; i < before; i++)
            assert_int_equal(start_head(), i);
        push(1000, "single");
        assert_int_equal(queue_position(&scene.queue, &scene.runs[1000]), 2);
        assert_int_equal(start_head(), before);
        assert_int_equal(start_head(), 1000);
        push(1000, "single");
        assert_int_equal(start_head(), before + 1);
        assert_int_equal(start_head(), 1000);
    }
}

static void test_a_client_is_a_text_of_its_principal(void **state)
{
    char copy[] = "a";

    (void)state;
    set(MOST, UINT64_MAX);
    push(0, "a");
    push(1, copy);
    push(2, NULL);
    push(3, NULL);
    prepare(4, NULL)->principal = "q";
    assert_int_equal(queue_push(&scene.queue, &scene.runs[4]), 0);
    push(5, "");
    prepare(6, "a")->principal = "q";
    assert_int_equal(queue_push(&scene.queue, &scene.runs[6]), 0);
    assert_order("0245613");
}

static void test_the_largest_client_gives_up_its_last_run(void **state)
{
    struct queue_run one = {.client = "new", .principal = "p"};

    (void)state;
    set(MOST, UINT64_MAX);
    assert_null(queue_surplus(&scene.queue, &one));
    push(0, "a");
    push(1, "b");
    assert_null(queue_surplus(&scene.queue, &one));
    push(2, "b");
    assert_int_equal(index_of(queue_surplus(&scene.queue, &one)), 2);
    one.client = "a"; /* it has one, and would have two as well */
    assert_null(queue_surplus(&scene.queue, &one));
    push(3, "b");
    push(4, "c");
    assert_int_equal(index_of(queue_surplus(&scene.queue, &one)), 3);
    one.client = "b";
    assert_null(queue_surplus(&scene.queue, &one));
    one.principal = "q"; /* another client of the same name */
    assert_int_equal(index_of(queue_surplus(&scene.queue, &one)), 3);
}

static void test_bounds(void **state)
{
    (void)state;
    set(3, 35);
    push(0, "a");
    push(1, "a");
    assert_int_equal(queue_push(&scene.queue, &(struct queue_run){.client = "a", .bytes = 16}),
                     QUEUE_E_BYTES);
    assert_int_equal(queue_push(&scene.queue, &(struct queue_run){.client = "a", .bytes = UINT64_MAX}),
                     QUEUE_E_BYTES);
    push(2, "b");
    assert_int_equal(queue_push(&scene.queue, prepare(3, "c")), QUEUE_E_LENGTH);
    assert_int_equal(scene.queue.bytes, 30);
    assert_int_equal(queue_grow(&scene.queue, &scene.runs[0], 6), QUEUE_E_BYTES);
    assert_int_equal(queue_grow(&scene.queue, &scene.runs[0], 5), 0);
    assert_int_equal(scene.queue.bytes, 35);
    assert_order("021");
    queue_remove(&scene.queue, &scene.runs[0]);
    assert_int_equal(scene.queue.bytes, 20);
    push(3, "c");
    scene.queue.most_bytes = 20; /* a reload can lower a bound below what waits */
    scene.queue.most = 2;
    assert_int_equal(queue_grow(&scene.queue, &scene.runs[1], 0), QUEUE_E_BYTES);
    assert_int_equal(queue_push(&scene.queue, prepare(4, "c")), QUEUE_E_LENGTH);
    assert_order("123");
}

static void test_a_run_that_comes_back_is_the_next(void **state)
{
    (void)state;
    set(4, 40);
    push(0, "a");
    push(1, "a");
    push(2, "b");
    push(3, "c");
    assert_int_equal(start_head(), 0);
    assert_order("231");
    push(4, "d"); /* takes the room */
    queue_return(&scene.queue, &scene.runs[0]);
    assert_order("02341");
    assert_int_equal(scene.queue.bytes, 50);
    assert_int_equal(queue_push(&scene.queue, prepare(5, "e")), QUEUE_E_LENGTH);
    assert_ptr_equal(queue_overdue(&scene.queue, 2000), &scene.runs[0]);
    assert_int_equal(start_head(), 0);
    assert_order("2341");
    assert_int_equal(start_head(), 2);
    queue_return(&scene.queue, &scene.runs[2]); /* its client had left the ring */
    assert_order("2341");
}

static void test_runs_leave_from_anywhere(void **state)
{
    (void)state;
    set(MOST, UINT64_MAX);
    for (size_t i = 0; i < 3; i++)
        push(i, "a");
    for (size_t i = 3; i < 6; i++)
        push(i, "b");
    assert_order("031425");
    queue_remove(&scene.queue, &scene.runs[0]); /* the client keeps its place */
    assert_order("13245");
    queue_remove(&scene.queue, &scene.runs[4]);
    assert_order("1325");
    queue_remove(&scene.queue, &scene.runs[5]);
    assert_order("132");
    queue_remove(&scene.queue, &scene.runs[3]);
    push(6, "b");
    assert_order("162");
    queue_start(&scene.queue, &scene.runs[2]); /* not the first one of its client */
    assert_order("61");
}

static void test_deadlines(void **state)
{
    (void)state;
    set(MOST, UINT64_MAX);
    assert_int_equal(queue_deadline_ns(&scene.queue), UINT64_MAX);
    assert_null(queue_overdue(&scene.queue, UINT64_MAX));
    push(0, "a");
    prepare(1, "b")->deadline_ns = UINT64_MAX;
    assert_int_equal(queue_push(&scene.queue, &scene.runs[1]), 0);
    push(2, "c");
    prepare(3, "a")->deadline_ns = 500;
    assert_int_equal(queue_push(&scene.queue, &scene.runs[3]), 0);
    assert_int_equal(queue_deadline_ns(&scene.queue), 500);
    assert_null(queue_overdue(&scene.queue, 499));
    for (size_t i = 0; i < 3; i++) {
        static const size_t expected[] = {3, 0, 2};
        struct queue_run *run = queue_overdue(&scene.queue, 1002);

        assert_non_null(run);
        assert_int_equal(index_of(run), expected[i]);
        queue_remove(&scene.queue, run);
    }
    assert_null(queue_overdue(&scene.queue, 1002));
    assert_int_equal(queue_deadline_ns(&scene.queue), UINT64_MAX);
    assert_order("1");
}

static void push_async(size_t i, const char *client)
{
    prepare(i, client)->is_async = true;
    assert_int_equal(queue_push(&scene.queue, &scene.runs[i]), 0);
}

/* Starts runs as long as there are any. Returns their kinds: 's' or 'a'. */
static const char *start_all(void)
{
    static char kinds[MOST + 1];
    size_t n = 0;

    while (head())
        kinds[n++] = scene.runs[start_head()].is_async ? 'a' : 's';
    kinds[n] = '\0';
    return kinds;
}

static void test_synchronous_runs_start_first(void **state)
{
    (void)state;
    set(MOST, UINT64_MAX);
    push_async(0, "a");
    push_async(1, "a");
    push_async(2, "b");
    push(3, "c");
    push(4, "a"); /* the client has its turn in each kind */
    push(5, "c");
    assert_order("345021");
    queue_remove(&scene.queue, &scene.runs[0]);
    assert_order("34512");
    push(6, "d");
    assert_order("346512");
    assert_string_equal(start_all(), "ssssaa");
}

static void test_one_start_in_eight_is_an_asynchronous_one_s(void **state)
{
    (void)state;
    set(MOST, UINT64_MAX);
    for (size_t i = 0; i < 16; i++)
        push(i, "a");
    for (size_t i = 16; i < 19; i++)
        push_async(i, i == 17 ? "a" : "b");
    assert_int_equal(queue_position(&scene.queue, &scene.runs[16]), 8);
    assert_int_equal(queue_position(&scene.queue, &scene.runs[17]), 16);
    assert_int_equal(queue_position(&scene.queue, &scene.runs[18]), 19);
    assert_int_equal(queue_position(&scene.queue, &scene.runs[7]), 9);
    assert_string_equal(start_all(), "sssssssasssssssassa");
    for (size_t i = 0; i < 20; i++) /* they pass nobody */
        push(i, "a");
    assert_string_equal(start_all(), "ssssssssssssssssssss");
    push_async(0, "a");
    push(1, "a");
    assert_order("10");
}

/* Those that have no place now are left out, until one gets the next place that they can have. */
static void test_asynchronous_runs_without_a_place_hold_up_nobody(void **state)
{
    struct queue_run *order[16];

    (void)state;
    set(MOST, UINT64_MAX);
    for (size_t i = 0; i < 3; i++)
        push_async(i, "a");
    for (size_t i = 3; i < 30; i++)
        push(i, "b");
    assert_int_equal(queue_order(&scene.queue, order, 16, 1), 16);
    for (size_t i = 0; i < 16; i++)
        assert_int_equal(order[i]->is_async, i == 7);
    for (size_t i = 0; i < 20; i++) {
        assert_int_equal(queue_order(&scene.queue, order, 1, 0), 1);
        assert_false(order[0]->is_async);
        queue_start(&scene.queue, order[0]);
    }
    assert_int_equal(queue_position(&scene.queue, &scene.runs[0]), 1);
    assert_int_equal(start_head(), 0);
    assert_string_equal(start_all(), "sssssssaa");
}

static void test_a_run_that_comes_back_is_the_next_also_of_its_kind(void **state)
{
    (void)state;
    set(MOST, UINT64_MAX);
    for (size_t i = 0; i < 9; i++)
        push(i, "a");
    push_async(9, "b");
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(start_head(), i);
    queue_return(&scene.queue, &scene.runs[6]); /* it was the last one before the asynchronous one */
    assert_order("6978");
    assert_int_equal(start_head(), 6);
    assert_int_equal(start_head(), 9);
    assert_order("78");
    queue_return(&scene.queue, &scene.runs[9]);
    assert_order("978");
}

/* The runs of both kinds count, and the asynchronous ones give way. */
static void test_the_surplus_is_asynchronous(void **state)
{
    struct queue_run one = {.client = "new", .principal = "p"};

    (void)state;
    set(MOST, UINT64_MAX);
    push_async(0, "a");
    push_async(1, "a");
    push(2, "a");
    push(3, "b");
    push(4, "b");
    assert_int_equal(index_of(queue_surplus(&scene.queue, &one)), 1);
    one.client = "a";
    assert_null(queue_surplus(&scene.queue, &one));
    one.client = "c";
    queue_remove(&scene.queue, &scene.runs[1]);
    assert_int_equal(index_of(queue_surplus(&scene.queue, &one)), 0);
    queue_remove(&scene.queue, &scene.runs[0]);
    assert_int_equal(index_of(queue_surplus(&scene.queue, &one)), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clients_take_turns),
        cmocka_unit_test(test_a_flood_delays_another_client_by_one_start),
        cmocka_unit_test(test_a_client_is_a_text_of_its_principal),
        cmocka_unit_test(test_the_largest_client_gives_up_its_last_run),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_a_run_that_comes_back_is_the_next),
        cmocka_unit_test(test_runs_leave_from_anywhere),
        cmocka_unit_test(test_deadlines),
        cmocka_unit_test(test_synchronous_runs_start_first),
        cmocka_unit_test(test_one_start_in_eight_is_an_asynchronous_one_s),
        cmocka_unit_test(test_asynchronous_runs_without_a_place_hold_up_nobody),
        cmocka_unit_test(test_a_run_that_comes_back_is_the_next_also_of_its_kind),
        cmocka_unit_test(test_the_surplus_is_asynchronous),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
