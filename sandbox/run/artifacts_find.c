/* SPDX-License-Identifier: MIT */
/* Finds the files in /box that match a list of patterns. Pattern and tree can both be hostile. So the
 * search is limited by the number of parts of the pattern and by a number of names, and never depends on
 * the size of the tree. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/layer_off.h"
#include "sandbox/base/strv.h"
#include "sandbox/run/artifacts.h"
#include "sandbox/run/artifacts_find.h"

#define SPECIAL "*?[\\"

struct search {
    int workspace;
    const char *pattern; /* the whole pattern */
    struct artifacts *found;
    size_t n_looked;
};

/* Adds @path, which is freed on failure, to the list. Returns 0 or -ENOMEM. */
static int add(struct search *search, char *path /* takes */, enum artifact_missed missed)
{
    struct artifacts *found = search->found;
    struct artifact *items;

    if (!path)
        return -ENOMEM;
    items = reallocarray(found->items, found->n + 1, sizeof(*items));
    if (!items) {
        free(path);
        return -ENOMEM;
    }
    found->items = items;
    items[found->n++] = (struct artifact){.path = path, .missed = missed};
    return 0;
}

/* Returns "@directory/@name", or @name alone in /box itself. The caller frees it. Returns NULL if memory
 * is short. */
static char *join(const char *directory, const char *name)
{
    char *path;

    return asprintf(&path, "%s%s%s", directory, *directory ? "/" : "", name) < 0 ? NULL : path;
}

/* Adds the names in @directory that match @part to *ret. Adds nothing if @directory is not a directory, or
 * can't be opened. Returns 0 or -errno. */
static int list(struct search *search, const char *directory, const char *part, char ***ret)
{
    _cleanup_(dir_closep) DIR *stream = NULL;
    enum artifact_missed missed;
    int fd = artifact_open(search->workspace, *directory ? directory : ".", O_DIRECTORY, &missed);
    struct dirent *entry;
    int r = 0;

    if (fd < 0)
        return missed == ARTIFACT_THERE ? fd : 0;
    stream = fdopendir(fd);
    if (!stream) {
        close(fd);
        return -ENOMEM;
    }
    while (r == 0 && search->n_looked < ARTIFACTS_MOST_NAMES && (entry = readdir(stream))) {
        search->n_looked++;
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            fnmatch(part, entry->d_name, FNM_PERIOD) == 0)
            r = strv_add(ret, entry->d_name);
    }
    return r;
}

/* Returns true if @path is to be listed. A pattern lists only existing files. If a part of it is a plain
 * name, the parts before it can match a directory that does not contain that name. */
static bool is_for_pattern(struct search *search, const char *path)
{
    enum artifact_missed missed;
    _cleanup_(fd_closep) int fd = artifact_open(search->workspace, path, 0, &missed);
    struct stat st;

    if (fd < 0)
        return fd != -ENOENT && fd != -ENOTDIR;
    return fstat(fd, &st) < 0 || !S_ISDIR(st.st_mode);
}

/* Returns true if another pattern has already found @path. */
static bool is_found(const struct artifacts *found, const char *path)
{
    for (size_t i = 0; i < found->n; i++)
        if (strcmp(found->items[i].path, path) == 0)
            return true;
    return false;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int search_beneath(struct search *search, const char *directory, const char *pattern);

/* Continues with @name, which matches this part of the pattern. @rest is the remaining parts; NULL: none. */
static int follow(struct search *search, const char *directory, const char *name, const char *rest)
{
    _cleanup_(freep) char *path = join(directory, name);

    if (!path)
        return -ENOMEM;
    if (rest)
        return search_beneath(search, path, rest);
    /* A path without special characters is listed even if it does not exist. */
    if (strpbrk(search->pattern, SPECIAL) && !is_for_pattern(search, path))
        return 0;
    if ((search->found->n > ARTIFACTS_MOST && !layer_off("artifact-count")) || is_found(search->found, path))
        return 0;
    return add(search, steal(path),
               search->found->n == ARTIFACTS_MOST && !layer_off("artifact-count") ? ARTIFACT_TOO_MANY
                                                                                  : ARTIFACT_THERE);
}

static int search_beneath(struct search *search, const char *directory, const char *pattern)
{
    _cleanup_(strv_freep) char **names = NULL;
    _cleanup_(freep) char *part = strndup(pattern, strcspn(pattern, "/"));
    const char *rest = strchr(pattern, '/');
    int r;

    if (!part)
        return -ENOMEM;
    r = strpbrk(part, SPECIAL) ? list(search, directory, part, &names) : strv_add(&names, part);
    /* The order of names in a directory is arbitrary. If there are too many, the first by name are taken. */
    if (names)
        qsort(names, strv_length(names), sizeof(*names), compare_names);
    for (char **name = names; name && *name && r == 0; name++)
        r = follow(search, directory, *name, rest ? rest + 1 : NULL);
    return r;
}

/* Returns true if @path contains control characters, which neither a terminal nor a JSON string should
 * receive. */
static bool is_odd(const char *path)
{
    for (const char *c = path; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            return true;
    return false;
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct artifact *)a)->path, ((const struct artifact *)b)->path);
}

static void sort_once_each(struct artifacts *found)
{
    size_t n = 0;

    if (found->n > 0)
        qsort(found->items, found->n, sizeof(*found->items), compare);
    for (size_t i = 0; i < found->n; i++)
        if (n > 0 && strcmp(found->items[n - 1].path, found->items[i].path) == 0)
            free(found->items[i].path);
        else
            found->items[n++] = found->items[i];
    found->n = n;
}

int artifacts_find(int workspace, char *const *patterns, struct artifacts *ret)
{
    struct search search = {.workspace = workspace, .found = ret};
    int r = 0;

    *ret = (struct artifacts){0};
    for (; patterns && *patterns && r == 0; patterns++) {
        search.pattern = *patterns;
        r = search_beneath(&search, "", *patterns);
        if (r == 0 && search.n_looked == ARTIFACTS_MOST_NAMES) {
            r = add(&search, strdup(*patterns), ARTIFACT_GIVEN_UP);
            break;
        }
    }
    sort_once_each(ret);
    for (size_t i = 0; i < ret->n; i++)
        if (is_odd(ret->items[i].path) && !layer_off("artifact-names"))
            ret->items[i].missed = ARTIFACT_ODD_NAME;
    return r;
}
