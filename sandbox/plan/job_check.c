/* SPDX-License-Identifier: MIT */
/* A job against its profile. */
#include "sandbox/plan/job_check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"
#include "sandbox/plan/name_check.h"

#define PAGE 4096 /* least memory that a file takes in a tmpfs */

/* Variables that make a runtime load other code or read other files. A program can do the same by itself, but
 * only from its first line on, when exrun's own measures are already in force. */
static const char *const never_allowed[] = {
    "LD_*",        "GLIBC_*",   "MALLOC_*", "GCONV_PATH", "LOCPATH",  "NLSPATH",     "HOSTALIASES",
    "RES_OPTIONS", "PHP_INI_*", "PHPRC",    "PYTHON*",    "BASH_ENV", "BASH_FUNC_*", "SHELLOPTS",
    "BASHOPTS",    "ENV",       "NODE_*",   "RUBYOPT",    "RUBYLIB",  "PERL5*",      "JAVA_*",
    "_JAVA_*",     "JDK_*",     "LUA_*",    "ASAN_*",     "EXRUN_*",  NULL};

static int refuse(struct fault *fault, enum fault_kind kind, size_t index)
{
    return fault_set_index(fault, kind, -EINVAL, index);
}

static int check_limits(const struct job *job, const struct profile *profile, struct fault *fault)
{
    const struct limits least = limits_floor();
    int limit = limits_first_beyond(&job->asked, &least, &profile->max);

    return limit < 0 ? 0 : refuse(fault, FAULT_JOB_LIMIT, (size_t)limit);
}

static int check_list(char *const *list, enum name_fault (*check)(const char *text), enum fault_kind kind,
                      struct fault *fault)
{
    for (size_t i = 0; list && list[i]; i++)
        if (check(list[i]) != NAME_FINE)
            return refuse(fault, kind, i);
    return 0;
}

static int check_names(const struct job *job, struct fault *fault)
{
    int r;

    for (size_t i = 0; i < job->n_files; i++)
        if (name_check_path(job->files[i].path) != NAME_FINE)
            return refuse(fault, FAULT_JOB_PATH, i);
    r = check_list(job->args, name_check_argument, FAULT_JOB_ARGUMENT, fault);
    if (r == 0)
        r = check_list(job->env, name_check_variable, FAULT_JOB_VARIABLE, fault);
    return r < 0 ? r : check_list(job->artifacts, name_check_pattern, FAULT_JOB_PATTERN, fault);
}

static int check_env(const struct job *job, const struct profile *profile, struct fault *fault)
{
    for (size_t i = 0; job->env && job->env[i]; i++) {
        _cleanup_(freep) char *name = strndup(job->env[i], strcspn(job->env[i], "="));

        if (!name)
            return fault_memory(fault);
        if (strv_matches(never_allowed, name))
            return refuse(fault, FAULT_JOB_VARIABLE_NEVER, i);
        if (strv_matches((const char *const *)profile->env_denied, name))
            return refuse(fault, FAULT_JOB_VARIABLE_DENIED, i);
    }
    return 0;
}

static int check_arguments(const struct job *job, const struct profile *profile, struct fault *fault)
{
    size_t bytes = 0;

    if (job->args && !strv_has(profile->run.argv, "{args}"))
        return refuse(fault, FAULT_JOB_NO_ARGUMENTS, 0);
    for (char **text = job->args; text && *text; text++)
        bytes += strlen(*text) + 1;
    if (bytes > JOB_MOST_ARGUMENT_BYTES)
        return refuse(fault, FAULT_JOB_ARGUMENTS_SIZE, 0);
    for (char **text = job->env; text && *text; text++)
        bytes += strlen(*text) + 1;
    return bytes > JOB_MOST_ARGUMENT_BYTES ? refuse(fault, FAULT_JOB_ENV_SIZE, 0) : 0;
}

static int compare_files(const void *a, const void *b)
{
    const struct job_file *const *one = a, *const *other = b;

    return name_compare_paths((*one)->path, (*other)->path);
}

static bool has_file(const struct job_file **sorted, size_t n, char *path)
{
    struct job_file wanted = {.path = path};
    const struct job_file *key = &wanted;

    return bsearch(&key, sorted, n, sizeof(*sorted), compare_files) != NULL;
}

static bool is_below(const char *path, const char *directory)
{
    size_t length = strlen(directory);

    return strncmp(path, directory, length) == 0 && path[length] == '/';
}

/* Returns the number of the first file that has the path of another one; n_files: none does. */
static size_t find_twice(const struct job *job, const struct job_file **sorted)
{
    for (size_t i = 0; i + 1 < job->n_files; i++)
        if (strcmp(sorted[i]->path, sorted[i + 1]->path) == 0)
            return (size_t)((sorted[i] > sorted[i + 1] ? sorted[i] : sorted[i + 1]) - job->files);
    return job->n_files;
}

/* Returns the number of the first file that needs a directory with the path of another file; n_files: none
 * does. Looks at each file once, because a request can have thousands, hundreds of directories deep. */
static size_t find_below(const struct job *job, const struct job_file **sorted)
{
    const struct job_file *above = job->n_files > 0 ? sorted[0] : NULL;
    size_t first = job->n_files;

    for (size_t i = 1; i < job->n_files; i++) {
        size_t number = (size_t)(sorted[i] - job->files);

        if (!is_below(sorted[i]->path, above->path))
            above = sorted[i];
        else if (number < first)
            first = number;
    }
    return first;
}

/* The entry file counts as a file, too. */
static int check_paths(const struct job *job, const struct profile *profile, struct fault *fault)
{
    _cleanup_(freep) const struct job_file **sorted = calloc(job->n_files + 1, sizeof(*sorted));
    size_t twice, below;

    if (!sorted)
        return fault_memory(fault);
    for (size_t i = 0; i < job->n_files; i++)
        sorted[i] = &job->files[i];
    qsort(sorted, job->n_files, sizeof(*sorted), compare_files);
    twice = find_twice(job, sorted);
    if (twice < job->n_files)
        return refuse(fault, FAULT_JOB_FILE_TWICE, twice);
    below = find_below(job, sorted);
    for (size_t i = 0; i < job->n_files; i++) {
        if (job->source.data && strcmp(job->files[i].path, profile->entry) == 0)
            return refuse(fault, FAULT_JOB_FILE_IS_ENTRY, i);
        if (i == below || is_below(job->files[i].path, profile->entry))
            return refuse(fault, FAULT_JOB_FILE_BELOW_FILE, i);
    }
    if (!job->source.data && !has_file(sorted, job->n_files, profile->entry))
        return refuse(fault, FAULT_JOB_NO_SOURCE, 0);
    return 0;
}

static uint64_t pages(size_t size)
{
    return ((uint64_t)size + PAGE - 1) / PAGE * PAGE;
}

static int check_sizes(const struct job *job, const struct profile *profile, struct fault *fault)
{
    struct limits limits = limits_or(&job->asked, &profile->normal);
    uint64_t bytes = pages(job->source.size);

    if (bytes > limits.disk_bytes)
        return refuse(fault, FAULT_JOB_SOURCE_SIZE, 0);
    for (size_t i = 0; i < job->n_files; i++) {
        bytes += pages(job->files[i].content.size);
        if (bytes > limits.disk_bytes)
            return refuse(fault, FAULT_JOB_FILES_SIZE, i);
    }
    return 0;
}

int job_check(const struct job *job, const struct profile *profile, struct fault *fault)
{
    int r = check_limits(job, profile, fault);

    if (r == 0)
        r = check_names(job, fault);
    if (r == 0)
        r = check_paths(job, profile, fault);
    if (r == 0)
        r = check_sizes(job, profile, fault);
    if (r == 0)
        r = check_env(job, profile, fault);
    return r == 0 ? check_arguments(job, profile, fault) : r;
}
