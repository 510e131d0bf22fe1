/* SPDX-License-Identifier: MIT */
/* The answers of runs that have ended. */
#include "runner/front/kept_answers.h"

#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"

/* Memory for an answer besides its texts: the nodes of malloc and tsearch(). */
#define NODE_BYTES 128

void kept_answers_init(struct kept_answers *kept)
{
    *kept = (struct kept_answers){0};
    TAILQ_INIT(&kept->answers);
}

void kept_answers_deinit(struct kept_answers *kept)
{
    kept_answers_shrink(kept, 0);
}

static int compare(const void *one, const void *other)
{
    const struct kept_answer *a = one, *b = other;
    int r = strcmp(a->id, b->id);

    return r != 0 ? r : strcmp(a->principal, b->principal);
}

static void answer_free(struct kept_answer *answer)
{
    content_unref(answer->content);
    run_events_unref(answer->events);
    free(answer);
}

static void answer_freep(struct kept_answer **answer)
{
    if (*answer)
        answer_free(*answer);
}

/* Copies it with its texts, which stand behind it. Returns NULL if memory is short. */
static struct kept_answer *answer_new(const struct kept_answer *given)
{
    size_t of_principal = strlen(given->principal) + 1, of_id = strlen(given->id) + 1;
    size_t size = sizeof(*given) + of_principal + of_id;
    struct kept_answer *answer = malloc(size);

    if (!answer)
        return NULL;
    *answer = *given;
    answer->principal = memcpy(answer + 1, given->principal, of_principal);
    answer->id = memcpy((char *)(answer + 1) + of_principal, given->id, of_id);
    answer->bytes = content_memory(given->content) + size + NODE_BYTES;
    answer->bytes += given->events ? run_events_memory(given->events) : 0;
    content_ref(answer->content);
    run_events_ref(answer->events);
    return answer;
}

static void lose_events(struct kept_answer *answer)
{
    answer->bytes -= run_events_memory(answer->events);
    answer->has_lost_events = true;
    run_events_unref(steal(answer->events));
}

int kept_answers_add(struct kept_answers *kept, const struct kept_answer *given, uint64_t most)
{
    _cleanup_(answer_freep) struct kept_answer *answer = answer_new(given);
    struct kept_answer *earlier = kept_answers_find(kept, given->principal, given->id);

    if (earlier)
        kept_answers_drop(kept, earlier);
    if (!answer)
        return -ENOMEM;
    if (answer->bytes > most && answer->events)
        lose_events(answer);
    if (answer->bytes > most)
        return 0;
    if (!tsearch(answer, &kept->tree, compare))
        return -ENOMEM;
    TAILQ_INSERT_TAIL(&kept->answers, answer, entry);
    kept->bytes += answer->bytes;
    kept->n++;
    answer = NULL; /* it is in the list */
    kept_answers_shrink(kept, most);
    return 0;
}

struct kept_answer *kept_answers_find(const struct kept_answers *kept, const char *principal, const char *id)
{
    const struct kept_answer wanted = {.principal = principal, .id = id};
    void *node = tfind(&wanted, &kept->tree, compare);

    return node ? *(struct kept_answer **)node : NULL;
}

/* @last: the smallest answer so far that comes after the wanted one. */
struct search {
    struct kept_answer wanted;
    struct kept_answer *last;
};

/* Is called for each node on the way down, with the wanted one first (tsearch(3)). It is never equal, so the
 * way ends at a leaf, and the last node that it has left to the left is the next one. */
static int compare_next(const void *one, const void *other)
{
    struct search *search = (struct search *)(uintptr_t)one;
    struct kept_answer *at = (struct kept_answer *)(uintptr_t)other;

    if (compare(&search->wanted, at) >= 0)
        return 1;
    search->last = at;
    return -1;
}

struct kept_answer *kept_answers_next(const struct kept_answers *kept, const char *principal, const char *id)
{
    struct search search = {.wanted = {.principal = principal, .id = id}};

    tfind(&search, &kept->tree, compare_next);
    return search.last && strcmp(search.last->id, id) == 0 ? search.last : NULL;
}

void kept_answers_set_events(struct kept_answers *kept, struct kept_answer *answer, struct run_events *events)
{
    size_t bytes = run_events_memory(events);

    run_events_ref(events);
    answer->events = events;
    answer->bytes += bytes;
    kept->bytes += bytes;
}

void kept_answers_drop(struct kept_answers *kept, struct kept_answer *answer)
{
    tdelete(answer, &kept->tree, compare);
    TAILQ_REMOVE(&kept->answers, answer, entry);
    kept->bytes -= answer->bytes;
    kept->n--;
    answer_free(answer);
}

void kept_answers_expire(struct kept_answers *kept, uint64_t before_ns)
{
    struct kept_answer *answer;

    while ((answer = TAILQ_FIRST(&kept->answers)) && answer->ended_ns <= before_ns)
        kept_answers_drop(kept, answer);
}

void kept_answers_shrink(struct kept_answers *kept, uint64_t most)
{
    while (kept->bytes > most)
        kept_answers_drop(kept, TAILQ_FIRST(&kept->answers));
}
