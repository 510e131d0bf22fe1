/* SPDX-License-Identifier: MIT */
/* The figures of a result. */
#include "runner/answer/result_figures.h"

#include "sandbox/cell/reclaim.h"

static json_t *number(uint64_t value)
{
    return json_integer((json_int_t)value);
}

json_t *result_figures_usage(const struct run_outcome *outcome)
{
    return json_pack("{sI sI sI sI sI sI sI}", "wall_us", (json_int_t)outcome->wall_us, "cpu_us",
                     (json_int_t)outcome->facts.cpu_us, "user_us", (json_int_t)outcome->facts.user_us,
                     "system_us", (json_int_t)outcome->facts.system_us, "memory_peak_bytes",
                     (json_int_t)outcome->facts.memory_peak_bytes, "processes_peak",
                     (json_int_t)outcome->facts.processes_peak, "disk_bytes",
                     (json_int_t)outcome->disk_bytes);
}

json_t *result_figures_limits(const struct limits *values)
{
    json_t *object = json_object();

    for (int limit = 0; object && limit < N_LIMITS; limit++)
        if (json_object_set_new(object, limit_rows[limit].key, number(limits_get(values, limit))) < 0) {
            json_decref(object);
            return NULL;
        }
    return object;
}

json_t *result_figures_hit(unsigned int hit)
{
    json_t *array = json_array();

    for (int limit = 0; limit < N_LIMITS; limit++)
        if (hit & (1U << limit))
            json_array_append_new(array, json_string(limit_rows[limit].word));
    return array;
}

json_t *result_figures_left(unsigned int left)
{
    static const enum reclaim_left all[] = {LEFT_PROCESSES, LEFT_CGROUP, LEFT_DESCRIPTORS, LEFT_MOUNTS};
    json_t *array = json_array();

    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
        if (left & all[i])
            json_array_append_new(array, json_string(reclaim_word(all[i])));
    return array;
}

static json_t *parts_us(const struct timing *spent)
{
    json_t *parts = json_object();

    for (unsigned int part = 0; part < N_TIMING_PARTS; part++)
        if (json_object_set_new(parts, timing_word(part), number(timing_us(spent, part, part))) < 0) {
            json_decref(parts);
            return NULL;
        }
    return parts;
}

const char *result_figures_cell(enum run_cell cell)
{
    static const char *const words[N_RUN_CELLS] = {
        [RUN_CELL_COLD] = "cold", [RUN_CELL_READY] = "ready", [RUN_CELL_PARKED] = "parked"};

    return words[cell];
}

json_t *result_figures_timing(const struct run_result *result, uint64_t run_us)
{
    const struct timing *spent = &result->timing;
    uint64_t reclaim_us =
        timing_us(spent, TIMING_KILL, TIMING_KILL) + timing_us(spent, TIMING_RECLAIM, TIMING_RECLAIM);
    json_t *object = json_object();
    int r = json_object_set_new(object, "queue_us", number(result->queue_us));

    r |= json_object_set_new(object, "prepare_us", number(timing_us(spent, TIMING_READ, TIMING_START)));
    r |= json_object_set_new(object, "run_us", number(run_us));
    /* The service answers first, and reclaims then. */
    if (!result->is_of_service)
        r |= json_object_set_new(object, "reclaim_us", number(reclaim_us));
    r |= json_object_set_new(object, "warm", json_boolean(result->cell == RUN_CELL_PARKED));
    r |= json_object_set_new(object, "cell", json_string(result_figures_cell(result->cell)));
    if (result->has_compiled && !result->was_cached)
        r |= json_object_set_new(object, "compile_cell",
                                 json_string(result_figures_cell(result->compile_cell)));
    r |= json_object_set_new(object, "parts_us", parts_us(spent));
    if (r == 0)
        return object;
    json_decref(object);
    return NULL;
}
