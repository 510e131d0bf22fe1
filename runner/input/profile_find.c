/* SPDX-License-Identifier: MIT */
/* Where profiles are, and which of them is meant. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "runner/input/profile_read.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"

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

int profile_directories(const char *given, char ***ret, struct error *err)
{
    _cleanup_(strv_freep) char **list = NULL;
    const char *of_environment = getenv("EXRUN_PROFILES");
    const char *candidates[] = {given, of_environment && *of_environment ? of_environment : NULL,
                                in_build_tree() ? EXRUN_SOURCE_DIR "/profiles" : NULL, "/etc/exrun/profiles",
                                EXRUN_PROFILE_DIR};

    for (size_t i = 0; i < sizeof(candidates) / sizeof(*candidates); i++)
        if (candidates[i] && strv_add(&list, candidates[i]) < 0)
            return error_memory(err);
    *ret = steal(list);
    return 0;
}

static int compare_names(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_profile_name(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0 && entry->d_name[0] != '.';
}

/* The names of all profiles, those of the first directories first, each once. A directory that is not there
 * has none. */
static int list_names(char *const *directories, char ***ret)
{
    int r = 0;

    for (; *directories && r == 0; directories++) {
        struct dirent **entries = NULL;
        int n = scandir(*directories, &entries, is_profile_name, compare_names);

        for (int i = 0; i < n; i++) {
            entries[i]->d_name[strlen(entries[i]->d_name) - 5] = '\0';
            if (r == 0 && !strv_has(*ret, entries[i]->d_name))
                r = strv_add(ret, entries[i]->d_name);
            free(entries[i]);
        }
        free(entries);
    }
    return r;
}

static int no_such_profile(char *const *directories, const char *name, struct error *err)
{
    _cleanup_(strv_freep) char **names = NULL;
    char known[sizeof(err->mend)] = "";

    if (list_names(directories, &names) < 0)
        return error_memory(err);
    for (char **one = names; one && *one; one++) {
        size_t length = strlen(known);

        snprintf(known + length, sizeof(known) - length, "%s%s", length ? ", " : "known here: ", *one);
    }
    error_set(err, -ENOENT, EX_DATAERR, "/profile", "there is no profile \"%.64s\"", name);
    error_mend(err, "%s", known);
    return -ENOENT;
}

int profile_find(char *const *directories, const char *name, struct profile *profile, struct error *err)
{
    *profile = (struct profile){0};
    if (!*name || name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_+.")] || *name == '.')
        return no_such_profile(directories, name, err);
    for (char *const *directory = directories; *directory; directory++) {
        char path[PATH_MAX];
        int r;

        snprintf(path, sizeof(path), "%s/%s.json", *directory, name);
        r = profile_read(path, profile, err);
        if (r == 0 && strcmp(profile->name, name) != 0)
            return error_set(err, -EINVAL, EX_CONFIG, path, "has the name \"%s\", unlike its file",
                             profile->name);
        if (r != -ENOENT)
            return r;
    }
    return no_such_profile(directories, name, err);
}

static bool ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text), part = strlen(ending);

    return length > part && strcmp(text + length - part, ending) == 0;
}

int profile_find_by_ending(char *const *directories, const char *file, struct profile *profile,
                           struct error *err)
{
    _cleanup_(strv_freep) char **names = NULL;

    *profile = (struct profile){0};
    if (list_names(directories, &names) < 0)
        return error_memory(err);
    for (char **name = names; name && *name; name++) {
        int r = profile_find(directories, *name, profile, err);

        if (r < 0)
            return r;
        for (char **ending = profile->endings; ending && *ending; ending++)
            if (ends_with(file, *ending))
                return 0;
        profile_deinit(profile);
    }
    error_set(err, -ENOENT, EX_USAGE, file, "has an ending that no profile has");
    error_mend(err, "name the profile with -p");
    return -ENOENT;
}
