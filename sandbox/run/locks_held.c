/* SPDX-License-Identifier: MIT */
/* Counting held locks. */
#include "sandbox/run/locks_held.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kcmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"

#define MOST_TEXT (1 << 20)

struct tasks {
    pid_t *ids;
    size_t n;
};

static void tasks_deinit(struct tasks *tasks)
{
    free(tasks->ids);
}

/* The ids of all threads in the group, in the kernel's order. */
static int tasks_list(const struct cgroup *cgroup, struct tasks *ret)
{
    enum cgroup_part part = cgroup->dirs[CGROUP_PIDS] >= 0 ? CGROUP_PIDS : CGROUP_UNIFIED;
    _cleanup_(freep) char *text = NULL;
    char *end;
    int r = cgroup->dirs[part] < 0
                ? -ENOENT
                : fd_read_file(cgroup->dirs[part], part == CGROUP_PIDS ? "tasks" : "cgroup.threads",
                               MOST_TEXT, &text, NULL);

    if (r < 0)
        return r;
    *ret = (struct tasks){.ids = calloc(strlen(text) / 2 + 1, sizeof(*ret->ids))};
    if (!ret->ids)
        return -ENOMEM;
    for (char *at = text; ret->n == 0 || *at; at = end) {
        pid_t id = (pid_t)strtol(at, &end, 10);

        if (end == at)
            break;
        ret->ids[ret->n++] = id;
        end += *end == '\n';
    }
    return 0;
}

static bool is_same(const struct tasks *a, const struct tasks *b)
{
    return a->n == b->n && memcmp(a->ids, b->ids, a->n * sizeof(*a->ids)) == 0;
}

/* By their tables of descriptors, of which the kernel tells an order (kcmp(2)): tasks that share one stand
 * together. */
static int compare_tables(const void *a, const void *b)
{
    long order = syscall(SYS_kcmp, *(const pid_t *)a, *(const pid_t *)b, KCMP_FILES, 0, 0);

    return order == 1 ? -1 : order == 2 ? 1 : 0;
}

static void swap(pid_t *a, pid_t *b)
{
    pid_t kept = *a;

    *a = *b;
    *b = kept;
}

/* Leaves one task for each table, in an order that nobody can foresee: a program that hands its files on
 * during the look would know before which task to hide them. */
static void reduce(struct tasks *tasks)
{
    uint32_t numbers[2];
    size_t n = 0;

    qsort(tasks->ids, tasks->n, sizeof(*tasks->ids), compare_tables);
    for (size_t i = 0; i < tasks->n; i++)
        if (n == 0 || syscall(SYS_kcmp, tasks->ids[n - 1], tasks->ids[i], KCMP_FILES, 0, 0) != 0)
            tasks->ids[n++] = tasks->ids[i];
    tasks->n = n;
    for (size_t i = 1; i < n && getrandom(numbers, sizeof(numbers), 0) == sizeof(numbers); i++)
        swap(&tasks->ids[i], &tasks->ids[numbers[0] % (i + 1)]);
}

/* Returns how many locks a text of /proc/PID/fdinfo tells of; @most if it is a socket with files on their way
 * (proc_pid_fdinfo(5): "lock", "scm_fds"). */
static uint64_t count_in(const char *text, uint64_t most)
{
    const char *files = strstr(text, "scm_fds:");
    uint64_t n = 0;

    if (files && strtoul(files + sizeof("scm_fds:") - 1, NULL, 10) > 0)
        return most;
    for (const char *at = text; (at = strstr(at, "lock:")); at++)
        n++;
    return n;
}

static uint64_t count_task(pid_t id, uint64_t most, uint64_t *n_read)
{
    char path[48];
    _cleanup_(dir_closep) DIR *files = NULL;
    struct dirent *entry;
    uint64_t n = 0;

    snprintf(path, sizeof(path), "/proc/%d/fdinfo", (int)id);
    files = opendir(path);
    if (!files)
        return errno == ENOENT ? 0 : most;
    while (n < most && (entry = readdir(files))) {
        _cleanup_(freep) char *text = NULL;

        if (entry->d_name[0] == '.')
            continue;
        ++*n_read;
        if (fd_read_file(dirfd(files), entry->d_name, MOST_TEXT, &text, NULL) == 0)
            n += count_in(text, most);
    }
    return n;
}

uint64_t locks_held(const struct cgroup *cgroup, uint64_t most, uint64_t *n_read)
{
    _cleanup_(tasks_deinit) struct tasks before = {0}, after = {0}, looked_at = {0};
    uint64_t n = 0;

    if (tasks_list(cgroup, &before) < 0 || tasks_list(cgroup, &looked_at) < 0)
        return most;
    reduce(&looked_at);
    for (size_t i = 0; i < looked_at.n && n < most; i++)
        n += count_task(looked_at.ids[i], most, n_read);
    if (tasks_list(cgroup, &after) < 0 || !is_same(&before, &after))
        return most;
    return n < most ? n : most;
}
