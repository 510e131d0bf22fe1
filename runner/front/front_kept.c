/* SPDX-License-Identifier: MIT */
/* The answers that the front keeps. */
#include "runner/front/front_kept.h"

#include <string.h>

#include "runner/front/front.h"
#include "runner/front/front_memory.h"
#include "runner/front/front_run.h"
#include "sandbox/base/timing.h"

#define SECOND_NS UINT64_C(1000000000)

/* The answers end with the process, so the clock can be the one that nobody sets. */
void front_kept_look(struct front *front)
{
    const uint64_t now_ns = timing_now_ns(), age_ns = front->load->config.keep.seconds * SECOND_NS;

    if (now_ns >= age_ns)
        kept_answers_expire(&front->kept, now_ns - age_ns);
    kept_answers_shrink(&front->kept, front->load->config.keep.bytes);
}

void front_kept_add(struct front *front, const struct front_run *run, struct content *content)
{
    struct kept_answer answer = {.principal = run->principal,
                                 .id = run->id,
                                 .content = content,
                                 .events = run->events,
                                 .received_ns = run->received_ns,
                                 .ended_ns = timing_now_ns()};

    if (front->load->config.keep.seconds == 0)
        return;
    memcpy(answer.digest, run->digest, sizeof(answer.digest));
    /* If memory is short, the run's own client has its answer all the same. */
    if (kept_answers_add(&front->kept, &answer, front->load->config.keep.bytes) == 0)
        front_memory_reserve(front, 0);
}

struct kept_answer *front_kept_find(struct front *front, const char *principal, const char *id)
{
    front_kept_look(front);
    return kept_answers_find(&front->kept, principal, id);
}

struct kept_answer *front_kept_next(struct front *front, const char *principal, const char *id)
{
    front_kept_look(front);
    return kept_answers_next(&front->kept, principal, id);
}
