/* SPDX-License-Identifier: MIT */
/* Finds the probes: the files in the folders of a directory. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/audit/probe.h"
#include "runner/audit/probe_find.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/fault.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/base/strv.h"

/* Returns true unless the file is hidden or an editor's copy. */
static int is_plain(const struct dirent *entry)
{
    return *entry->d_name != '.' && entry->d_name[strlen(entry->d_name) - 1] != '~';
}

static int compare_names(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Lists the names in @path, sorted; an empty list if it is not a directory. */
static int list(const char *path, char ***ret, struct error *err)
{
    struct dirent **entries = NULL;
    int n = scandir(path, &entries, is_plain, compare_names), r = 0;

    if (n < 0)
        r = fault_is_shortage(errno) ? -errno : 0;
    for (int i = 0; i < n; i++) {
        if (r == 0)
            r = strv_add(ret, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return r < 0 ? error_shortage(err, r) : 0;
}

static bool has(const struct probes *probes, const char *name)
{
    for (size_t i = 0; i < probes->n; i++)
        if (strcmp(probes->items[i].name, name) == 0)
            return true;
    return false;
}

static int add_file(struct probes *probes, const char *directory, const char *group, const char *file,
                    struct error *err)
{
    _cleanup_(freep) char *path = NULL, *name = NULL;
    struct probe *items, *probe;
    int r;

    if (asprintf(&path, "%s/%s/%s", directory, group, file) < 0)
        path = NULL;
    if (asprintf(&name, "%s/%s", group, file) < 0)
        name = NULL;
    if (!path || !name)
        return error_memory(err);
    if (has(probes, name))
        return 0;
    items = reallocarray(probes->items, probes->n + 1, sizeof(*items));
    if (!items)
        return error_memory(err);
    probes->items = items;
    probe = &items[probes->n++];
    *probe = (struct probe){.name = steal(name), .group = strdup(group)};
    r = probe->group ? fd_read_file(AT_FDCWD, path, PROBE_MOST_BYTES, &probe->text.data, &probe->text.size)
                     : -ENOMEM;
    if (r == -ENOMEM)
        return error_memory(err);
    if (r < 0)
        return error_set(err, r, EX_NOINPUT, path, "can't be read: %s", strerror(-r));
    return probe_read(probe, err);
}

static int add_group(struct probes *probes, const char *directory, const char *group, struct error *err)
{
    _cleanup_(strv_freep) char **files = NULL;
    _cleanup_(freep) char *path = NULL;
    int r;

    if (asprintf(&path, "%s/%s", directory, group) < 0)
        path = NULL;
    r = path ? list(path, &files, err) : error_memory(err);
    for (char **file = files; file && *file && r == 0; file++)
        r = add_file(probes, directory, group, *file, err);
    return r;
}

/* Sorts by group first, whichever directory a probe comes from. */
static int compare_probes(const void *a, const void *b)
{
    return strcmp(((const struct probe *)a)->name, ((const struct probe *)b)->name);
}

int probes_find(char *const *directories, struct probes *ret, struct error *err)
{
    int r = 0;

    *ret = (struct probes){0};
    for (; *directories && r == 0; directories++) {
        _cleanup_(strv_freep) char **groups = NULL;

        r = list(*directories, &groups, err);
        for (char **group = groups; group && *group && r == 0; group++)
            r = add_group(ret, *directories, *group, err);
    }
    if (ret->n > 0)
        qsort(ret->items, ret->n, sizeof(*ret->items), compare_probes);
    return r;
}

void probes_deinit(struct probes *probes)
{
    for (size_t i = 0; i < probes->n; i++)
        probe_deinit(&probes->items[i]);
    free(probes->items);
    *probes = (struct probes){0};
}
