/* SPDX-License-Identifier: MIT */
/* A profile as bytes. */
#include "sandbox/plan/profile_pack.h"

#include <errno.h>

#include "sandbox/plan/name_check.h"

#define MOST_ERRNO 4095 /* the highest that a seccomp filter can return (MAX_ERRNO of the kernel) */

static void pack_stage(struct pack *pack, struct profile_stage *stage)
{
    pack_texts(pack, &stage->argv);
    pack_text(pack, &stage->program);
    PACK_NUMBER(pack, stage->lack, PROGRAM_DIRECTORY);
    if (pack->is_reading && pack->error == 0 && stage->argv && !stage->argv[0])
        pack->error = -EBADMSG;
}

static void pack_limits(struct pack *pack, struct limits *limits)
{
    for (enum limit limit = 0; limit < N_LIMITS; limit++) {
        uint64_t value = limits_get(limits, limit);

        pack_u64(pack, &value, UINT64_MAX);
        if (!pack->is_reading)
            continue;
        if (pack->error == 0 && value < limit_rows[limit].floor)
            pack->error = -EBADMSG;
        limits_set(limits, limit, value);
    }
}

static void pack_mounts(struct pack *pack, struct profile *profile)
{
    size_t n = pack_list(pack, (void **)&profile->mounts, &profile->n_mounts, sizeof(*profile->mounts));

    for (size_t i = 0; i < n; i++) {
        struct profile_mount *mount = &profile->mounts[i];

        pack_text(pack, &mount->path);
        pack_text(pack, &mount->link);
        if (pack->is_reading && pack->error == 0 && (!mount->path || mount->path[0] != '/'))
            pack->error = -EBADMSG;
    }
}

static void pack_etc(struct pack *pack, struct profile *profile)
{
    size_t n = pack_list(pack, (void **)&profile->etc, &profile->n_etc, sizeof(*profile->etc));

    for (size_t i = 0; i < n; i++) {
        struct profile_etc *file = &profile->etc[i];

        pack_text(pack, &file->path);
        pack_text(pack, &file->text);
        if (pack->is_reading && pack->error == 0 &&
            (!file->path || !file->text || name_check_path(file->path) != 0))
            pack->error = -EBADMSG;
    }
}

static void pack_calls(struct pack *pack, struct profile *profile)
{
    size_t n = pack_list(pack, (void **)&profile->calls, &profile->n_calls, sizeof(*profile->calls));

    for (size_t i = 0; i < n; i++) {
        pack_text(pack, &profile->calls[i].syscall);
        PACK_NUMBER(pack, profile->calls[i].error, MOST_ERRNO);
        if (pack->is_reading && pack->error == 0 && !profile->calls[i].syscall)
            pack->error = -EBADMSG;
    }
}

static void pack_warm(struct pack *pack, struct warm *warm)
{
    PACK_NUMBER(pack, warm->parks, 1);
    PACK_NUMBER(pack, warm->point, N_WARM_POINTS - 1);
    PACK_NUMBER(pack, warm->fresh, WARM_FRESH_MOST);
    PACK_NUMBER(pack, warm->threads, 1);
    PACK_NUMBER(pack, warm->n_earlier, WARM_MOST_EARLIER);
    pack_text(pack, &warm->needed);
    pack_texts(pack, &warm->early);
    pack_bytes(pack, &warm->placeholder, &warm->placeholder_size);
    pack_text(pack, &warm->check);
    pack_texts(pack, &warm->argv);
    pack_text(pack, &warm->program);
    if (pack->is_reading && pack->error == 0 && warm->argv && !warm->argv[0])
        pack->error = -EBADMSG;
}

void profile_pack(struct pack *pack, struct profile *profile)
{
    pack_text(pack, &profile->name);
    pack_text(pack, &profile->entry);
    pack_texts(pack, &profile->endings);
    pack_stage(pack, &profile->version);
    pack_stage(pack, &profile->run);
    pack_stage(pack, &profile->compile);
    pack_text(pack, &profile->produces);
    pack_stage(pack, &profile->prepare);
    pack_limits(pack, &profile->compile_limits);
    pack_limits(pack, &profile->prepare_limits);
    pack_limits(pack, &profile->normal);
    pack_limits(pack, &profile->max);
    pack_texts(pack, &profile->env);
    pack_texts(pack, &profile->env_denied);
    pack_mounts(pack, profile);
    pack_etc(pack, profile);
    pack_warm(pack, &profile->warm);
    pack_warm(pack, &profile->compile_warm);
    PACK_NUMBER(pack, profile->has_proc_files, 1);
    pack_calls(pack, profile);
    if (pack->is_reading && pack->error == 0 &&
        (!profile->name || !profile->entry || !profile->run.argv ||
         ((profile->compile.argv || profile->warm.needed) && !profile->produces) ||
         (profile->compile_warm.parks && (!profile->compile.argv || !profile->compile_warm.argv))))
        pack->error = -EBADMSG;
}
