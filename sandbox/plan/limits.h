/* SPDX-License-Identifier: MIT */
/* The table of limits. All code that reads, writes, compares or names a limit uses this table: flags,
 * request, profile, plan, result. A limit is a member of struct limits and is never "unlimited". */
#ifndef EXRUN_SANDBOX_PLAN_LIMITS_H
#define EXRUN_SANDBOX_PLAN_LIMITS_H

#include <stddef.h>
#include <stdint.h>

/* Resources that one run may use. In a request, 0 means "not requested". */
struct limits {
    uint64_t wall_ms;      /* from the start of the program to its end */
    uint64_t cpu_ms;       /* CPU time, summed over all processes of the cell */
    uint64_t memory_bytes; /* memory charged to the cgroup: heap, tmpfs, shared memory; without swap */
    uint64_t processes;    /* processes and threads at the same time */
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
    uint64_t floor;  /* smallest useful value */
    uint64_t normal; /* a profile's default unless the profile sets one */
    uint64_t most;   /* a profile's maximum unless the profile sets one */
    size_t offset;   /* offset of the member in struct limits */
    const char *help;
};

extern const struct limit_row limit_rows[N_LIMITS];

uint64_t limits_get(const struct limits *limits, enum limit limit);
void limits_set(struct limits *limits, enum limit limit, uint64_t value);

/* Return the limit whose JSON key, or whose word, is @name; -1 if @name is unknown. */
int limits_find_key(const char *name);
int limits_find_word(const char *name);

/* Returns @asked, with every limit that is 0 there taken from @otherwise. */
struct limits limits_or(const struct limits *asked, const struct limits *otherwise);

/* Returns the first limit of @asked that is below @min or above @max; -1 if all are within the range. */
int limits_first_beyond(const struct limits *asked, const struct limits *min, const struct limits *max);

/* Return all limits at their floor, at a profile's default, and at a profile's default maximum. */
struct limits limits_floor(void);
struct limits limits_normal(void);
struct limits limits_most(void);

#endif
