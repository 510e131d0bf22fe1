/* SPDX-License-Identifier: MIT */
/* Rings and circles of links that are part of the runs. */
#include "runner/front/queue.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#define RUN_OF(link, member) ((struct queue_run *)((char *)(link)-offsetof(struct queue_run, member)))

static void link_init(struct queue_link *link)
{
    link->previous = link->next = link;
}

static bool is_linked(const struct queue_link *link)
{
    return link->next != link;
}

static void link_before(struct queue_link *at, struct queue_link *link)
{
    link->previous = at->previous;
    link->next = at;
    at->previous->next = link;
    at->previous = link;
}

static void link_remove(struct queue_link *link)
{
    link->previous->next = link->next;
    link->next->previous = link->previous;
    link_init(link);
}

/* FNV-1a, of the text and its NUL. */
static uint64_t add_text(uint64_t hash, const char *text)
{
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash * UINT64_C(1099511628211);
}

/* Clients that choose their names can make them collide, but a search takes at most as many steps as runs may
 * wait. */
static struct queue_link *bucket_of(struct queue *queue, const struct queue_run *run)
{
    uint64_t hash = add_text(UINT64_C(14695981039346656037), run->principal);

    hash = add_text(hash, run->client ? run->client : "");
    return &queue->buckets[(hash ^ hash >> 32) % QUEUE_N_BUCKETS];
}

bool queue_is_same_client(const struct queue_run *run, const struct queue_run *other)
{
    if (strcmp(run->principal, other->principal) != 0 || !run->client != !other->client)
        return false;
    return !run->client || strcmp(run->client, other->client) == 0;
}

/* Returns true if @run, which waits, is the first run of its client and kind. */
static bool is_first(const struct queue_run *run)
{
    return is_linked(&run->turn);
}

/* Returns the first waiting run of a kind of @run's client, or NULL. @run itself need not wait. */
static struct queue_run *first_of_client(struct queue *queue, const struct queue_run *run, bool is_async)
{
    struct queue_link *bucket = bucket_of(queue, run);

    for (struct queue_link *link = bucket->next; link != bucket; link = link->next)
        if (RUN_OF(link, bucket)->is_async == is_async && queue_is_same_client(RUN_OF(link, bucket), run))
            return RUN_OF(link, bucket);
    return NULL;
}

/* Returns the run of the same client and kind that waits behind @run, or NULL. */
static struct queue_run *behind(const struct queue_run *run)
{
    struct queue_run *next = RUN_OF(run->beside.next, beside);

    return is_first(next) ? NULL : next;
}

void queue_init(struct queue *queue, size_t most, uint64_t most_bytes)
{
    *queue = (struct queue){.most = most, .most_bytes = most_bytes};
    for (size_t i = 0; i < QUEUE_N_KINDS; i++)
        link_init(&queue->kinds[i].ring);
    link_init(&queue->due);
    for (size_t i = 0; i < QUEUE_N_BUCKETS; i++)
        link_init(&queue->buckets[i]);
}

/* Counts @run, and links it by its deadline only. Most deadlines come in the order of arrival, so the search
 * begins at the latest one. */
static void enter(struct queue *queue, struct queue_run *run)
{
    struct queue_link *at = &queue->due;

    while (at->previous != &queue->due && RUN_OF(at->previous, due)->deadline_ns > run->deadline_ns)
        at = at->previous;
    link_before(at, &run->due);
    link_init(&run->beside);
    link_init(&run->turn);
    link_init(&run->bucket);
    queue->n++;
    queue->n_choosy += run->is_choosy;
    queue->kinds[run->is_async].n++;
    queue->bytes += run->bytes;
}

static bool has_room(const struct queue *queue, uint64_t bytes)
{
    return queue->bytes <= queue->most_bytes && bytes <= queue->most_bytes - queue->bytes;
}

int queue_push(struct queue *queue, struct queue_run *run)
{
    struct queue_run *first;

    if (queue->n >= queue->most)
        return QUEUE_E_LENGTH;
    if (!has_room(queue, run->bytes))
        return QUEUE_E_BYTES;
    first = first_of_client(queue, run, run->is_async);
    enter(queue, run);
    if (first) {
        link_before(&first->beside, &run->beside);
    } else {
        link_before(&queue->kinds[run->is_async].ring, &run->turn);
        link_before(bucket_of(queue, run), &run->bucket);
    }
    return 0;
}

void queue_return(struct queue *queue, struct queue_run *run)
{
    struct queue_run *first = first_of_client(queue, run, run->is_async);

    enter(queue, run);
    if (first) {
        link_before(&first->beside, &run->beside);
        link_remove(&first->turn);
        link_remove(&first->bucket);
    }
    link_before(queue->kinds[run->is_async].ring.next, &run->turn);
    link_before(bucket_of(queue, run), &run->bucket);
    if (run->is_async)
        queue->n_passed = QUEUE_ASYNC_EVERY - 1;
    else if (queue->n_passed > 0)
        queue->n_passed--;
}

int queue_grow(struct queue *queue, struct queue_run *run, uint64_t bytes)
{
    if (!has_room(queue, bytes))
        return QUEUE_E_BYTES;
    run->bytes += bytes;
    queue->bytes += bytes;
    return 0;
}

void queue_remove(struct queue *queue, struct queue_run *run)
{
    struct queue_run *next = behind(run);

    assert(is_linked(&run->due) && queue->n > 0);
    if (is_first(run) && next) {
        link_before(&run->turn, &next->turn);
        link_before(&run->bucket, &next->bucket);
    }
    link_remove(&run->beside);
    link_remove(&run->turn);
    link_remove(&run->bucket);
    link_remove(&run->due);
    queue->n--;
    queue->n_choosy -= run->is_choosy;
    queue->kinds[run->is_async].n--;
    queue->bytes -= run->bytes;
}

/* The kinds of the runs that start one after the other. @n: how many of each wait. */
struct turns {
    size_t n[QUEUE_N_KINDS];
    unsigned int n_passed;
};

/* Returns true if an asynchronous run is the next one. At least one run waits. */
static bool is_turn_of_async(const struct turns *turns)
{
    return turns->n[false] == 0 || (turns->n[true] > 0 && turns->n_passed >= QUEUE_ASYNC_EVERY - 1);
}

/* Counts the start of a run. If it is not the turn of its kind, because another run of that can't start, the
 * others keep their turn. */
static void take_turn(struct turns *turns, bool is_async)
{
    if (is_async)
        turns->n_passed = 0;
    else if (turns->n[true] > 0 && turns->n_passed < QUEUE_ASYNC_EVERY - 1)
        turns->n_passed++;
    turns->n[is_async]--;
}

static struct turns turns_of(const struct queue *queue)
{
    return (struct turns){.n = {queue->kinds[false].n, queue->kinds[true].n}, .n_passed = queue->n_passed};
}

void queue_start(struct queue *queue, struct queue_run *run)
{
    struct turns turns = turns_of(queue);
    struct queue_run *first;

    take_turn(&turns, run->is_async);
    queue->n_passed = turns.n_passed;
    queue_remove(queue, run);
    first = first_of_client(queue, run, run->is_async);
    if (first) {
        link_remove(&first->turn);
        link_before(&queue->kinds[run->is_async].ring, &first->turn);
    }
}

/* A walk through the runs of one kind in their order. @link: in the first round, of the next client. @i:
 * where the runs that are stored are searched for the next one that has a successor. */
struct walk {
    const struct queue_link *link;
    size_t i;
};

/* Returns the next run of the kind, or NULL. The first round has the first run of each client, in the order
 * of the ring. In each later round, the clients that have another run follow in the order of the round
 * before. So the successors of the runs that are stored, @n in @stored, follow in turn. */
static struct queue_run *walk_on(const struct queue *queue, bool is_async, struct walk *walk,
                                 struct queue_run *const *stored, size_t n)
{
    if (walk->link != &queue->kinds[is_async].ring) {
        struct queue_run *run = RUN_OF(walk->link, turn);

        walk->link = walk->link->next;
        return run;
    }
    while (walk->i < n) {
        struct queue_run *last = stored[walk->i++], *next = last->is_async == is_async ? behind(last) : NULL;

        if (next)
            return next;
    }
    return NULL;
}

size_t queue_order(const struct queue *queue, struct queue_run **ret, size_t most, size_t most_async)
{
    struct walk walks[QUEUE_N_KINDS] = {{.link = queue->kinds[false].ring.next},
                                        {.link = queue->kinds[true].ring.next}};
    struct turns turns = turns_of(queue);
    size_t n = 0;

    if (turns.n[true] > most_async)
        turns.n[true] = most_async;
    while (n < most && turns.n[false] + turns.n[true] > 0) {
        bool is_async = is_turn_of_async(&turns);

        ret[n] = walk_on(queue, is_async, &walks[is_async], ret, n);
        take_turn(&turns, is_async);
        n++;
    }
    return n;
}

/* Returns the number of @first's client's runs, at most @most. */
static size_t count_runs(const struct queue_run *first, size_t most)
{
    size_t n = 0;

    for (const struct queue_run *run = first; run && n < most; run = behind(run))
        n++;
    return n;
}

/* Returns the number of waiting runs of @run's client, of both kinds. */
static size_t count_of_client(struct queue *queue, const struct queue_run *run)
{
    return count_runs(first_of_client(queue, run, false), queue->n) +
           count_runs(first_of_client(queue, run, true), queue->n);
}

struct queue_run *queue_surplus(struct queue *queue, const struct queue_run *run)
{
    const struct queue_run *largest = NULL, *first;
    size_t most = count_of_client(queue, run) + 1;

    for (size_t i = 0; i < QUEUE_N_KINDS; i++) {
        const struct queue_link *ring = &queue->kinds[i].ring;

        for (const struct queue_link *link = ring->next; link != ring; link = link->next) {
            size_t n = count_of_client(queue, RUN_OF(link, turn));

            if (n > most) {
                largest = RUN_OF(link, turn);
                most = n;
            }
        }
    }
    if (!largest)
        return NULL;
    first = first_of_client(queue, largest, true);
    return RUN_OF((first ? first : largest)->beside.previous, beside);
}

/* Returns the position among the runs of the same kind, from 1. */
static size_t position_in_kind(const struct queue *queue, const struct queue_run *run)
{
    const struct queue_link *ring = &queue->kinds[run->is_async].ring;
    const struct queue_run *first = run;
    size_t round = 1, position = 0;
    bool is_reached = false;

    for (; !is_first(first); round++)
        first = RUN_OF(first->beside.previous, beside);
    for (const struct queue_link *link = ring->next; link != ring; link = link->next) {
        is_reached |= link == &first->turn;
        position += count_runs(RUN_OF(link, turn), is_reached ? round - 1 : round);
    }
    return position + 1;
}

size_t queue_position(const struct queue *queue, const struct queue_run *run)
{
    struct turns turns = turns_of(queue);
    size_t left = position_in_kind(queue, run), position = 0;

    while (left > 0) {
        bool is_async = is_turn_of_async(&turns);

        take_turn(&turns, is_async);
        left -= is_async == run->is_async;
        position++;
    }
    return position;
}

uint64_t queue_deadline_ns(const struct queue *queue)
{
    return is_linked(&queue->due) ? RUN_OF(queue->due.next, due)->deadline_ns : UINT64_MAX;
}

struct queue_run *queue_overdue(const struct queue *queue, uint64_t now_ns)
{
    return is_linked(&queue->due) && queue_deadline_ns(queue) <= now_ns ? RUN_OF(queue->due.next, due) : NULL;
}
