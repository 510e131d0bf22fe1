/* SPDX-License-Identifier: MIT */
/* The numbers of a status. */
#include "runner/front/status_groups.h"

#include <string.h>

#include "runner/front/status.h"

#define AT(member) offsetof(struct status, member)
#define WORDS(...) ((const char *const[]){__VA_ARGS__}), N_WORDS(__VA_ARGS__)
#define N_WORDS(...) (sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

const struct status_group status_groups[STATUS_N_GROUPS] = {
    {"", AT(service), WORDS("uptime_ms", "connections", "unreclaimed", "log_dropped")},
    {"running", AT(running), WORDS("now", "most", "memory_bytes", "most_memory_bytes")},
    {"ready", AT(ready), WORDS("now", "memory_bytes", "most_memory_bytes")},
    {"queue", AT(queue), WORDS("length", "most", "bytes", "most_bytes", "oldest_ms")},
    {"requests", AT(requests), WORDS("per_minute", "count", "p50_us", "p99_us")},
    {"reclaims", AT(reclaims), WORDS("count", "p50_us", "p99_us")},
    {"starts", AT(starts), WORDS("parked", "ready", "cold")},
    {"restarts", AT(restarts), WORDS("front", "keepers")},
    {"keepers", AT(keepers), status_words, N_STATUS_STATES},
    {"verdicts", AT(verdicts), NULL, N_VERDICTS},
};

const struct status_group status_group_of_profile = {
    "", offsetof(struct status_profile, numbers),
    WORDS("making", "ready", "running", "reclaiming", "parked", "floor", "ceiling", "arrivals_per_minute",
          "failures", "cell_bytes", "make_us"),
    "make_us"};

const struct status_group status_group_of_example = {"", offsetof(struct status_example, numbers),
                                                     WORDS("runs", "over"), NULL};

const char *status_group_word(const struct status_group *group, size_t i)
{
    return group->words ? group->words[i] : verdict_rows[i].word;
}

uint64_t *status_group_number(void *base, const struct status_group *group, size_t i)
{
    return (uint64_t *)(void *)((char *)base + group->offset) + i;
}

bool status_group_may_lack(const struct status_group *group, size_t i)
{
    return group->may_lack && strcmp(status_group_word(group, i), group->may_lack) == 0;
}
