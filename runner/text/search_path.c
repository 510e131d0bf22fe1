/* SPDX-License-Identifier: MIT */
/* Finds the files that are installed with exrun. */
#include "runner/text/search_path.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"

const struct search_path search_path_of_profiles = {"EXRUN_PROFILES", EXRUN_SOURCE_DIR "/profiles",
                                                    "/etc/exrun/profiles", EXRUN_PROFILE_DIR, "profiles"};
const struct search_path search_path_of_probes = {"EXRUN_PROBES", EXRUN_SOURCE_DIR "/tests/hostile", NULL,
                                                  EXRUN_PROBE_DIR, "probes"};
const struct search_path search_path_of_web = {"EXRUN_WEB", EXRUN_SOURCE_DIR "/web/dist", NULL, EXRUN_WEB_DIR,
                                               "the files of the page"};

static bool in_build_tree(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
    size_t prefix = strlen(EXRUN_BUILD_DIR);

    if (length < 0)
        return false;
    path[length] = '\0';
    return strncmp(path, EXRUN_BUILD_DIR, prefix) == 0 && path[prefix] == '/';
}

const char *search_path_shim(void)
{
    const char *of_environment = getenv("EXRUN_SHIM");

    if (of_environment && *of_environment)
        return of_environment;
    return in_build_tree() ? EXRUN_BUILD_DIR "/sandbox/park.so" : EXRUN_SHIM_DIR "/park.so";
}

int search_path_list(const struct search_path *path, const char *given, char ***ret, struct error *err)
{
    _cleanup_(strv_freep) char **list = NULL;
    const char *of_environment = getenv(path->variable);
    const char *candidates[] = {given, of_environment && *of_environment ? of_environment : NULL,
                                in_build_tree() ? path->source : NULL, path->etc, path->installed};

    /* A directory that the caller or the environment names must exist; the others need not. */
    for (size_t i = 0; i < 2; i++) {
        DIR *there = candidates[i] ? opendir(candidates[i]) : NULL;

        if (candidates[i] && !there)
            return error_set(err, -errno, EX_NOINPUT, candidates[i], "can't be searched for %s: %s",
                             path->what, strerror(errno));
        if (there)
            closedir(there);
    }
    for (size_t i = 0; i < sizeof(candidates) / sizeof(*candidates); i++)
        if (candidates[i] && strv_add(&list, candidates[i]) < 0)
            return error_memory(err);
    *ret = steal(list);
    return 0;
}
