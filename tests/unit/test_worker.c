/* SPDX-License-Identifier: MIT */
/* front/worker: the order in which its work is done. */
#include "runner/front/worker.h"

#include <semaphore.h>
#include <string.h>

#include "unit.h"

#define MOST 64

/* The order in which pieces were begun. The thread writes it, and the loop reads it when they are done. */
static char begun[MOST + 1];
static size_t n_begun, n_done;
static sem_t has_begun, may_end;

/* @holds: it begins, and then waits. */
struct piece {
    struct work work;
    char name;
    bool holds;
};

static void act(struct work *work)
{
    const struct piece *piece = (const struct piece *)work;

    begun[n_begun++] = piece->name;
    if (piece->holds) {
        sem_post(&has_begun);
        sem_wait(&may_end);
    }
}

static void note(struct work *work)
{
    (void)work;
    n_done++;
}

/* A worker that is busy with its first piece, until end(). */
struct scene {
    struct event_base *base;
    struct worker worker;
    struct piece first;
};

static void set(struct scene *scene)
{
    memset(begun, 0, sizeof(begun));
    n_begun = n_done = 0;
    scene->base = event_base_new();
    scene->first = (struct piece){{.act = act, .done = note}, '-', true};
    assert_non_null(scene->base);
    assert_int_equal(sem_init(&has_begun, 0, 0), 0);
    assert_int_equal(sem_init(&may_end, 0, 0), 0);
    assert_int_equal(worker_open(&scene->worker, scene->base), 0);
    worker_give(&scene->worker, &scene->first.work, 1);
    sem_wait(&has_begun);
}

/* Waits until @n further pieces are done. */
static void end(struct scene *scene, size_t n)
{
    sem_post(&may_end);
    while (n_done < 1 + n)
        event_base_loop(scene->base, EVLOOP_ONCE);
    worker_close(&scene->worker);
    event_base_free(scene->base);
}

/* Returns the order in which the pieces were begun that were given one after the other. */
static const char *order_of(const char *names, const uint64_t *bytes)
{
    struct scene scene;
    struct piece pieces[MOST];

    set(&scene);
    for (size_t i = 0; i < strlen(names); i++) {
        pieces[i] = (struct piece){{.act = act, .done = note}, names[i], false};
        worker_give(&scene.worker, &pieces[i].work, bytes[i]);
    }
    end(&scene, strlen(names));
    return begun + 1;
}

static void test_a_small_piece_does_not_wait_for_large_ones(void **state)
{
    (void)state;
    assert_string_equal(order_of("abcs", (const uint64_t[]){3000, 3000, 3000, 2}), "sabc");
}

static void test_of_equal_ones_the_first_is_done_first(void **state)
{
    (void)state;
    assert_string_equal(order_of("abcd", (const uint64_t[]){7, 7, 7, 7}), "abcd");
}

/* Small pieces, each of which brings the next one, as a client does that always has one more. */
struct small {
    struct work work;
    struct worker *worker;
    struct small *next;
};

static void act_and_go_on(struct work *work)
{
    const struct small *small = (const struct small *)work;

    begun[n_begun++] = 's';
    if (small->next)
        worker_give(small->worker, &small->next->work, 10);
}

static void test_a_large_piece_is_not_put_off_for_ever(void **state)
{
    struct scene scene;
    struct piece large = {{.act = act, .done = note}, 'L', false};
    struct small smalls[MOST / 2];

    (void)state;
    set(&scene);
    for (size_t i = 0; i < N_ELEMENTS(smalls); i++)
        smalls[i] = (struct small){{.act = act_and_go_on, .done = note},
                                   &scene.worker,
                                   i + 1 < N_ELEMENTS(smalls) ? &smalls[i + 1] : NULL};
    worker_give(&scene.worker, &large.work, 100);
    worker_give(&scene.worker, &smalls[0].work, 10);
    end(&scene, 1 + N_ELEMENTS(smalls));
    /* Both have had 100 bytes by then. */
    assert_int_equal(strchr(begun, 'L') - begun, 1 + 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_small_piece_does_not_wait_for_large_ones),
        cmocka_unit_test(test_of_equal_ones_the_first_is_done_first),
        cmocka_unit_test(test_a_large_piece_is_not_put_off_for_ever),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
