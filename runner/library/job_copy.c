/* SPDX-License-Identifier: MIT */
/* Copies the public struct of a job into the internal one. */
#include "runner/library/job_copy.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "runner/request/request.h"
#include "sandbox/base/strv.h"

static int copy_bytes(const struct exrun_bytes *from, struct bytes *to, struct error *err)
{
    to->data = malloc(from->size + 1);
    if (!to->data)
        return error_memory(err);
    if (from->size > 0)
        memcpy(to->data, from->data, from->size);
    to->data[from->size] = '\0';
    to->size = from->size;
    return 0;
}

static int copy_list(const char *const *from, char ***to, struct error *err)
{
    for (; from && *from; from++)
        if (strv_add(to, *from) < 0)
            return error_memory(err);
    return 0;
}

static int copy_files(const struct exrun_job *from, struct job *job, struct error *err)
{
    int r = 0;

    if (from->n_files > REQUEST_MOST_FILES)
        return error_set(err, -E2BIG, EX_DATAERR, "/files", "has more than %d elements", REQUEST_MOST_FILES);
    if (from->n_files > 0 && !from->files)
        return error_set(err, -EINVAL, EX_DATAERR, "/files", "is NULL");
    job->files = calloc(from->n_files + 1, sizeof(*job->files));
    if (!job->files)
        return error_memory(err);
    for (size_t i = 0; i < from->n_files && r == 0; i++) {
        struct job_file *file = &job->files[job->n_files++];

        /* An empty path is refused with its place by job_check(). */
        file->path = strdup(from->files[i].path ? from->files[i].path : "");
        r = file->path ? copy_bytes(&from->files[i].content, &file->content, err) : error_memory(err);
    }
    return r;
}

/* Fails to compile if a limit exists in only one of the two structs, or at different offsets. */
#define IS_SAME(member) (offsetof(struct exrun_limits, member) == offsetof(struct limits, member))
_Static_assert(sizeof(struct exrun_limits) == sizeof(struct limits) &&
                   sizeof(struct limits) == N_LIMITS * sizeof(uint64_t) && IS_SAME(wall_ms) &&
                   IS_SAME(cpu_ms) && IS_SAME(memory_bytes) && IS_SAME(processes) && IS_SAME(output_bytes) &&
                   IS_SAME(disk_bytes) && IS_SAME(files),
               "the public limits are the internal ones");

static struct limits limits_of_public(const struct exrun_limits *from)
{
    struct limits limits;

    memcpy(&limits, from, sizeof(limits));
    return limits;
}

struct exrun_limits limits_to_public(const struct limits *from)
{
    struct exrun_limits limits;

    memcpy(&limits, from, sizeof(limits));
    return limits;
}

static int copy_limits(const struct exrun_limits *from, struct limits *to, struct error *err)
{
    *to = limits_of_public(from);
    for (int limit = 0; limit < N_LIMITS; limit++) {
        uint64_t value = limits_get(to, (enum limit)limit);
        char pointer[64];

        if (value == 0 || value >= limit_rows[limit].floor)
            continue;
        snprintf(pointer, sizeof(pointer), "/limits/%s", limit_rows[limit].key);
        return error_set(err, -EINVAL, EX_DATAERR, pointer, "is below the lowest value of this limit");
    }
    return 0;
}

/* Returns true if both are the same file, terminal or pipe. */
static bool is_same_file(int a, int b)
{
    struct stat first, second;

    return a >= 0 && b >= 0 && fstat(a, &first) == 0 && fstat(b, &second) == 0 &&
           first.st_dev == second.st_dev && first.st_ino == second.st_ino && first.st_rdev == second.st_rdev;
}

int job_copy(const struct exrun_job *from, struct job *job, struct error *err)
{
    int r;

    *job = (struct job){.joins_outputs = is_same_file(from->output_fd, from->errors_fd)};
    if (from->profile && !(job->profile = strdup(from->profile)))
        return error_memory(err);
    r = from->source.data ? copy_bytes(&from->source, &job->source, err) : 0;
    if (r == 0 && from->input.data)
        r = copy_bytes(&from->input, &job->input, err);
    if (r == 0)
        r = copy_files(from, job, err);
    if (r == 0)
        r = copy_list(from->args, &job->args, err);
    if (r == 0)
        r = copy_list(from->env, &job->env, err);
    if (r == 0)
        r = copy_list(from->artifacts, &job->artifacts, err);
    return r == 0 ? copy_limits(&from->limits, &job->asked, err) : r;
}
