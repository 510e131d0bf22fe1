/* SPDX-License-Identifier: MIT */
/* Copying and freeing a profile. */
#include "sandbox/plan/profile.h"

#include <stdlib.h>

#include "sandbox/base/strv.h"

struct profile profile_for_command(const struct profile *profile, const struct profile_stage *command,
                                   const struct limits *limits)
{
    struct profile of_command = *profile;

    of_command.run = *command;
    of_command.normal = *limits;
    of_command.compile = of_command.prepare = (struct profile_stage){0};
    of_command.warm = of_command.compile_warm = (struct warm){0};
    return of_command;
}

static void warm_deinit(struct warm *warm)
{
    free(warm->placeholder);
    free(warm->needed);
    free(warm->check);
    free(warm->program);
    strv_free(warm->early);
    strv_free(warm->argv);
    *warm = (struct warm){0};
}

void profile_deinit(struct profile *profile)
{
    for (size_t i = 0; i < profile->n_mounts; i++) {
        free(profile->mounts[i].path);
        free(profile->mounts[i].link);
    }
    for (size_t i = 0; i < profile->n_etc; i++) {
        free(profile->etc[i].path);
        free(profile->etc[i].text);
    }
    for (size_t i = 0; i < profile->n_calls; i++)
        free(profile->calls[i].syscall);
    free(profile->mounts);
    free(profile->etc);
    free(profile->calls);
    free(profile->name);
    free(profile->entry);
    free(profile->produces);
    free(profile->version.program);
    free(profile->run.program);
    free(profile->compile.program);
    free(profile->prepare.program);
    strv_free(profile->endings);
    strv_free(profile->version.argv);
    strv_free(profile->run.argv);
    strv_free(profile->compile.argv);
    strv_free(profile->prepare.argv);
    strv_free(profile->env);
    strv_free(profile->env_denied);
    warm_deinit(&profile->warm);
    warm_deinit(&profile->compile_warm);
    *profile = (struct profile){0};
}
