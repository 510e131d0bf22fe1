/* SPDX-License-Identifier: MIT */
/* The answers of runs that have ended, which are kept for a while.
 *
 * Each one belongs to a principal and an ID. The oldest one leaves first: when it is too old, or when all
 * together have more bytes than they may have. An answer counts with its content and with what it takes
 * besides, so small answers are bounded, too.
 *
 * It is a pure structure: the time is a parameter, and the caller chooses the bounds with each call, because
 * they can change. A search takes as many steps as the logarithm of their number, whatever IDs the clients
 * choose. */
#ifndef EXRUN_RUNNER_FRONT_KEPT_ANSWERS_H
#define EXRUN_RUNNER_FRONT_KEPT_ANSWERS_H

#include <nettle/sha2.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "runner/front/content.h"
#include "runner/front/run_events.h"

/* @received_ns: when the request came, which tells the run from an earlier one with the same ID. @digest:
 * SHA-256 of the body of the request. @events: of the run; NULL: no client has asked for them. @bytes: size
 * by which it counts. @has_lost_events: there was no room for them. kept_answers_add() copies the texts, and
 * takes references to content and events; for a search, only the first two are needed. */
struct kept_answer {
    const char *principal, *id;
    uint64_t received_ns;
    unsigned char digest[SHA256_DIGEST_SIZE];
    struct content *content;
    struct run_events *events;
    uint64_t ended_ns;
    uint64_t bytes;
    bool has_lost_events;
    TAILQ_ENTRY(kept_answer) entry;
};

/* @tree: of tsearch(3). @answers: the oldest one first. The caller may read @bytes and @n. */
struct kept_answers {
    void *tree;
    TAILQ_HEAD(kept_answer_list, kept_answer) answers;
    uint64_t bytes;
    size_t n;
};

void kept_answers_init(struct kept_answers *kept);
void kept_answers_deinit(struct kept_answers *kept);

/* Keeps an answer with the members of @given up to the time, instead of an earlier one of the same principal
 * and ID, and drops the oldest ones until all have at most @most bytes. An answer that has more by itself is
 * kept without its events, or not at all. Returns 0, or -ENOMEM if memory is short; then it is not kept. */
int kept_answers_add(struct kept_answers *kept, const struct kept_answer *given, uint64_t most);

/* Returns the answer to the principal's run with this ID, or NULL. It is valid until the next change. */
struct kept_answer *kept_answers_find(const struct kept_answers *kept, const char *principal, const char *id);

/* Returns the answer to a run with this ID, of the first principal after @principal, by strcmp(), or NULL.
 * "" comes before all of them. It is valid until the next change. */
struct kept_answer *kept_answers_next(const struct kept_answers *kept, const char *principal, const char *id);

/* Keeps the events of an answer that has none. Takes a reference. */
void kept_answers_set_events(struct kept_answers *kept, struct kept_answer *answer,
                             struct run_events *events);

/* Drops one answer. A connection that sends it keeps its content. */
void kept_answers_drop(struct kept_answers *kept, struct kept_answer *answer);

/* Drops the answers of runs that ended at @before_ns or earlier. */
void kept_answers_expire(struct kept_answers *kept, uint64_t before_ns);

/* Drops the oldest answers until all have at most @most bytes. */
void kept_answers_shrink(struct kept_answers *kept, uint64_t most);

#endif
