/* SPDX-License-Identifier: MIT */
/* The table of limits. */
#include "sandbox/plan/limits.h"

#include <string.h>

#define KIB (UINT64_C(1) << 10)
#define MIB (UINT64_C(1) << 20)
#define GIB (UINT64_C(1) << 30)
#define AT(member) offsetof(struct limits, member)

const struct limit_row limit_rows[N_LIMITS] = {
    [LIMIT_WALL] = {"wall_ms", "wall", UNIT_MS, 1, 5000, 60000, AT(wall_ms), "wall-clock time"},
    [LIMIT_CPU] = {"cpu_ms", "cpu", UNIT_MS, 1, 2000, 30000, AT(cpu_ms),
                   "CPU time of all processes together"},
    [LIMIT_MEMORY] = {"memory_bytes", "memory", UNIT_BYTES, MIB, 128 * MIB, GIB, AT(memory_bytes),
                      "memory of all processes and of the files that they write"},
    [LIMIT_PROCESSES] = {"processes", "processes", UNIT_COUNT, 1, 32, 512, AT(processes),
                         "processes and threads at the same time"},
    [LIMIT_OUTPUT] = {"output_bytes", "output", UNIT_BYTES, 1, MIB, 64 * MIB, AT(output_bytes),
                      "stdout and stderr together"},
    [LIMIT_DISK] = {"disk_bytes", "disk", UNIT_BYTES, 64 * KIB, 32 * MIB, GIB, AT(disk_bytes),
                    "files in /box, /tmp and /dev/shm together"},
    [LIMIT_FILES] = {"files", "files", UNIT_COUNT, 16, 1024, 65536, AT(files), "open files of one process"},
};

uint64_t limits_get(const struct limits *limits, enum limit limit)
{
    return *(const uint64_t *)(const void *)((const char *)limits + limit_rows[limit].offset);
}

void limits_set(struct limits *limits, enum limit limit, uint64_t value)
{
    *(uint64_t *)(void *)((char *)limits + limit_rows[limit].offset) = value;
}

int limits_find_key(const char *name)
{
    for (int limit = 0; limit < N_LIMITS; limit++)
        if (strcmp(limit_rows[limit].key, name) == 0)
            return limit;
    return -1;
}

int limits_find_word(const char *name)
{
    for (int limit = 0; limit < N_LIMITS; limit++)
        if (strcmp(limit_rows[limit].word, name) == 0)
            return limit;
    return -1;
}

struct limits limits_or(const struct limits *asked, const struct limits *otherwise)
{
    struct limits result = *asked;

    for (int limit = 0; limit < N_LIMITS; limit++)
        if (limits_get(asked, limit) == 0)
            limits_set(&result, limit, limits_get(otherwise, limit));
    return result;
}

int limits_first_beyond(const struct limits *asked, const struct limits *min, const struct limits *max)
{
    for (int limit = 0; limit < N_LIMITS; limit++) {
        uint64_t value = limits_get(asked, limit);

        if (value != 0 && (value < limits_get(min, limit) || value > limits_get(max, limit)))
            return limit;
    }
    return -1;
}

struct limits limits_floor(void)
{
    struct limits limits;

    for (int limit = 0; limit < N_LIMITS; limit++)
        limits_set(&limits, limit, limit_rows[limit].floor);
    return limits;
}

struct limits limits_normal(void)
{
    struct limits limits;

    for (int limit = 0; limit < N_LIMITS; limit++)
        limits_set(&limits, limit, limit_rows[limit].normal);
    return limits;
}

struct limits limits_most(void)
{
    struct limits limits;

    for (int limit = 0; limit < N_LIMITS; limit++)
        limits_set(&limits, limit, limit_rows[limit].most);
    return limits;
}
