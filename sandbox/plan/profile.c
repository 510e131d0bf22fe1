/* SPDX-License-Identifier: MIT */
/* Freeing a profile. */
#include "sandbox/plan/profile.h"

#include <stdlib.h>

#include "sandbox/base/strv.h"

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
    *profile = (struct profile){0};
}
