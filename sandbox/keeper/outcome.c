/* SPDX-License-Identifier: MIT */
/* A keeper's observations of a run, as bytes for the front. */
#include "sandbox/keeper/outcome.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#define EXIT_MOST 255

/* A text in an array of @room bytes. */
static void pack_array(struct pack *pack, char *array, size_t room)
{
    uint64_t n = strnlen(array, room);

    pack_u64(pack, &n, room - 1);
    for (uint64_t i = 0; i < n && pack->error == 0; i++)
        PACK_NUMBER(pack, array[i], UINT64_MAX);
    if (pack->is_reading)
        array[n] = '\0';
}

static void pack_facts(struct pack *pack, struct cgroup_facts *facts)
{
    uint64_t *const values[] = {
        &facts->cpu_us,         &facts->user_us,           &facts->system_us, &facts->memory_peak_bytes,
        &facts->processes_peak, &facts->processes_refused, &facts->oom_kills};

    for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++)
        pack_u64(pack, values[i], UINT64_MAX);
}

static void pack_program(struct pack *pack, struct run_outcome *outcome)
{
    uint64_t exit_plus_one = (uint64_t)outcome->exit_code + 1; /* -1 becomes 0 */

    PACK_NUMBER(pack, outcome->verdict, N_VERDICTS - 1);
    pack_u64(pack, &exit_plus_one, EXIT_MOST + 1);
    outcome->exit_code = (int)exit_plus_one - 1;
    PACK_NUMBER(pack, outcome->signal, (uint64_t)SIGRTMAX);
    pack_bytes(pack, &outcome->output.data, &outcome->output.size);
    pack_bytes(pack, &outcome->errors.data, &outcome->errors.size);
    PACK_NUMBER(pack, outcome->output_truncated, 1);
    PACK_NUMBER(pack, outcome->errors_truncated, 1);
    pack_facts(pack, &outcome->facts);
    pack_u64(pack, &outcome->wall_us, UINT64_MAX);
    pack_u64(pack, &outcome->disk_bytes, UINT64_MAX);
    PACK_NUMBER(pack, outcome->limits_hit, (1U << N_LIMITS) - 1);
    PACK_NUMBER(pack, outcome->lacks_inodes, 1);
    pack_array(pack, outcome->denied, sizeof(outcome->denied));
    pack_array(pack, outcome->denied_what, sizeof(outcome->denied_what));
}

static void pack_artifacts(struct pack *pack, struct artifacts *artifacts)
{
    size_t n = pack_list(pack, (void **)&artifacts->items, &artifacts->n, sizeof(*artifacts->items));

    for (size_t i = 0; i < n; i++) {
        struct artifact *artifact = &artifacts->items[i];

        pack_text(pack, &artifact->path);
        pack_bytes(pack, &artifact->content.data, &artifact->content.size);
        PACK_NUMBER(pack, artifact->missed, N_ARTIFACT_MISSED - 1);
        if (pack->is_reading && pack->error == 0 &&
            (!artifact->path || (artifact->missed == ARTIFACT_THERE) != (artifact->content.data != NULL)))
            pack->error = -EBADMSG;
    }
}

void outcome_pack(struct pack *pack, struct run_result *result)
{
    PACK_NUMBER(pack, result->verdict, N_VERDICTS - 1);
    PACK_NUMBER(pack, result->has_compiled, 1);
    PACK_NUMBER(pack, result->has_run, 1);
    PACK_NUMBER(pack, result->was_cached, 1);
    PACK_NUMBER(pack, result->cell, N_RUN_CELLS - 1);
    PACK_NUMBER(pack, result->compile_cell, N_RUN_CELLS - 1);
    PACK_NUMBER(pack, result->product, PRODUCT_TOO_LARGE);
    pack_u64(pack, &result->program, UINT64_MAX);
    pack_program(pack, &result->compile);
    pack_program(pack, &result->run);
    pack_artifacts(pack, &result->artifacts);
    for (int part = 0; part < N_TIMING_PARTS; part++)
        pack_u64(pack, &result->timing.spent_ns[part], UINT64_MAX);
}
