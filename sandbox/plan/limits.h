/* SPDX-License-Identifier: MIT */
/* The table of limits. Whoever reads, writes, compares or names a limit does it by this table: flags,
 * request, profile, plan, result. A limit is a member of struct limits; none is ever "unlimited". */
#ifndef EXRUN_SANDBOX_PLAN_LIMITS_H
#define EXRUN_SANDBOX_PLAN_LIMITS_H

#include <stddef.h>
#include <stdint.h>

/* What one run may use. In what a request asks for, 0 stands for "not asked". */
struct limits {
    uint64_t wall_ms;      /* from the start of the program to its end */
    uint64_t cpu_ms;       /* CPU time, summed over all processes of the cell */
    uint64_t memory_bytes; /* all that the cgroup charges: heap, tmpfs, shared memory; swap is closed */
    uint64_t processes;    /* processes and threads at one moment */
    uint64_t output_bytes; /* stdout and stderr together */
    uint64_t disk_bytes;   /* /box, /tmp and /dev/shm together */
    uint64_t files;        /* open descriptors of one process */
};

enum limit {
    LIMIT_WALL,
    LIMIT_CPU,
    LIMIT_MEMORY,
    LIMIT_PROCESSES,
    LIMIT_OUTPUT,
    LIMIT_DISK,
    LIMIT_FILES,
    N_LIMITS,
};

enum limit_unit { UNIT_MS, UNIT_BYTES, UNIT_COUNT };

struct limit_row {
    const char *key;  /* the member in JSON */
    const char *word; /* the flag without its dashes, and the word in "limits_hit" and "unenforced" */
    enum limit_unit unit;
    uint64_t floor;  /* the least that makes sense */
    uint64_t normal; /* a profile's default where the profile says nothing */
    uint64_t most;   /* a profile's maximum where the profile says nothing */
    size_t offset;   /* of the member in struct limits */
    const char *help;
};

extern const struct limit_row limit_rows[N_LIMITS];

uint64_t limits_get(const struct limits *limits, enum limit limit);
void limits_set(struct limits *limits, enum limit limit, uint64_t value);

/* The limit whose JSON key, or whose word, @name is; -1 where there is none. */
int limits_find_key(const char *name);
int limits_find_word(const char *name);

/* Every limit that @asked does not ask for (0) is taken from @otherwise. */
struct limits limits_or(const struct limits *asked, const struct limits *otherwise);

/* The first limit of @asked that lies below @min or above @max, -1 where all is well. */
int limits_first_beyond(const struct limits *asked, const struct limits *min, const struct limits *max);

/* What a profile has that says nothing. */
struct limits limits_floor(void);
struct limits limits_normal(void);
struct limits limits_most(void);

#endif
