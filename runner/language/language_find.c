/* SPDX-License-Identifier: MIT */
/* Finds profiles in their directories. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "runner/language/language_find.h"
#include "runner/language/language_read.h"
#include "runner/text/nearest.h"
#include "runner/text/search_path.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/fault.h"
#include "sandbox/base/strv.h"

int language_directories(const char *given, char ***ret, struct error *err)
{
    return search_path_list(&search_path_of_profiles, given, ret, err);
}

static int compare_names(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text), part = strlen(ending);

    return length > part && strcmp(text + length - part, ending) == 0;
}

/* Returns true if the entry is a JSON file whose name is allowed for a profile. */
static int is_profile_name(const struct dirent *entry)
{
    return ends_with(entry->d_name, ".json") && !ends_with(entry->d_name, ".schema.json") &&
           language_is_name(entry->d_name);
}

/* Lists the names of all profiles, each once, in the order of the directories. A missing directory
 * counts as empty. */
int language_names(char *const *directories, char ***ret, struct error *err)
{
    int r = 0;

    for (; *directories && r == 0; directories++) {
        struct dirent **entries = NULL;
        int n = scandir(*directories, &entries, is_profile_name, compare_names);

        if (n < 0 && fault_is_shortage(errno))
            r = -errno;
        for (int i = 0; i < n; i++) {
            entries[i]->d_name[strlen(entries[i]->d_name) - 5] = '\0';
            if (r == 0 && !strv_has(*ret, entries[i]->d_name))
                r = strv_add(ret, entries[i]->d_name);
            free(entries[i]);
        }
        free(entries);
    }
    return r < 0 ? error_shortage(err, r) : 0;
}

int language_unknown(const char *name, char *const *names, struct error *err)
{
    char known[sizeof(err->hint)] = "";
    struct nearest nearest;

    nearest_init(&nearest, name);
    for (char *const *one = names; one && *one; one++)
        nearest_offer(&nearest, *one);
    if (nearest.word)
        snprintf(known, sizeof(known), "did you mean \"%s\"? ", nearest.word);
    for (char *const *one = names; one && *one; one++) {
        size_t length = strlen(known);

        snprintf(known + length, sizeof(known) - length, "%s%s", one == names ? "known here: " : ", ", *one);
    }
    error_set(err, -ENOENT, EX_DATAERR, "/profile", "there is no profile \"%.64s\"", name);
    error_hint(err, "%s", known);
    return -ENOENT;
}

static int no_such_profile(char *const *directories, const char *name, struct error *err)
{
    _cleanup_(strv_freep) char **names = NULL;
    int r = language_names(directories, &names, err);

    return r < 0 ? r : language_unknown(name, names, err);
}

/* Returns true if the file that was not found is the target of a symbolic link. */
static bool is_dangling(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

int language_find(char *const *directories, const char *name, struct language *language, struct error *err)
{
    *language = (struct language){0};
    if (!language_is_name(name))
        return no_such_profile(directories, name, err);
    for (char *const *directory = directories; *directory; directory++) {
        char path[PATH_MAX];
        int r;

        snprintf(path, sizeof(path), "%s/%s.json", *directory, name);
        r = language_read(path, language, err);
        if (r == -ENOENT && is_dangling(path))
            return error_set(err, -EINVAL, EX_CONFIG, path,
                             "is a symbolic link to a file that does not exist");
        if (r == -ENOENT)
            language_deinit(language);
        if (r == 0 && strcmp(language->profile.name, name) != 0)
            return error_set(err, -EINVAL, EX_CONFIG, path,
                             "has the name \"%s\", which differs from its file name", language->profile.name);
        if (r != -ENOENT)
            return r;
    }
    return no_such_profile(directories, name, err);
}

/* A broken profile does not hide another one. It is reported only if no profile has the ending. */
int language_find_by_ending(char *const *directories, const char *file, struct language *language,
                            struct error *err)
{
    _cleanup_(strv_freep) char **names = NULL;
    struct error broken = {0};
    int failed = language_names(directories, &names, err);

    *language = (struct language){0};
    if (failed < 0)
        return failed;
    for (char **name = names; name && *name; name++) {
        struct error mistake = {0};
        int r = language_find(directories, *name, language, &mistake);

        for (char **ending = language->profile.endings; r == 0 && ending && *ending; ending++)
            if (ends_with(file, *ending))
                return 0;
        language_deinit(language);
        if (r < 0 && broken.code == 0)
            broken = mistake;
    }
    if (broken.code != 0) {
        *err = broken;
        return broken.code;
    }
    error_set(err, -ENOENT, EX_USAGE, file, "has an ending that does not belong to any profile");
    error_hint(err, "name the profile (-p)");
    return -ENOENT;
}
