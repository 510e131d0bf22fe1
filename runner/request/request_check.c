/* SPDX-License-Identifier: MIT */
/* The measure of a request: values are compared with what the profile allows; no text is parsed here. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/request/request.h"
#include "runner/text/json.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"

#define PAGE 4096 /* what a file takes of a tmpfs, at least */
#define MOST_ARGUMENT_BYTES (512 << 10)

/* Names by which a runtime is made to load other code or to read other files. What they could do is possible
 * to the program itself, but not before its first line, where exrun's own measures stand. */
static const char *const never_allowed[] = {
    "LD_*",        "GLIBC_*",   "MALLOC_*", "GCONV_PATH", "LOCPATH",  "NLSPATH",     "HOSTALIASES",
    "RES_OPTIONS", "PHP_INI_*", "PHPRC",    "PYTHON*",    "BASH_ENV", "BASH_FUNC_*", "SHELLOPTS",
    "BASHOPTS",    "ENV",       "NODE_*",   "RUBYOPT",    "RUBYLIB",  "PERL5*",      "JAVA_*",
    "_JAVA_*",     "JDK_*",     "LUA_*",    "ASAN_*",     "EXRUN_*",  NULL};

static int __attribute__((format(printf, 3, 4)))
fault(struct error *err, const char *pointer, const char *what, ...)
{
    char text[sizeof(err->what)];
    va_list arguments;

    va_start(arguments, what);
    vsnprintf(text, sizeof(text), what, arguments);
    va_end(arguments);
    return error_set(err, -EINVAL, EX_DATAERR, pointer, "%s", text);
}

static int fault_of_file(struct error *err, size_t index, const char *member, const char *what)
{
    char pointer[64];

    snprintf(pointer, sizeof(pointer), "/files/%zu/%s", index, member);
    return fault(err, pointer, "%s", what);
}

static int check_limits(const struct job *job, const struct profile *profile, struct error *err)
{
    int limit = limits_first_beyond(&job->asked, &profile->min, &profile->max);
    char pointer[64];

    if (limit < 0)
        return 0;
    snprintf(pointer, sizeof(pointer), "/limits/%s", limit_rows[limit].key);
    fault(err, pointer, "is %" PRIu64 "; the profile %s allows %" PRIu64 " to %" PRIu64,
          limits_get(&job->asked, limit), profile->name, limits_get(&profile->min, limit),
          limits_get(&profile->max, limit));
    if (limits_get(&job->asked, limit) < limits_get(&profile->min, limit))
        error_mend(err, "ask for more: with less, %s does not start", profile->program);
    else
        error_mend(err, "ask for less, or raise \"limits\", \"max\" in the profile");
    return -EINVAL;
}

static int check_env(const struct job *job, const struct profile *profile, struct error *err)
{
    for (char **pair = job->env; pair && *pair; pair++) {
        char pointer[sizeof(err->where)] = "/env";
        _cleanup_(freep) char *name = strndup(*pair, strcspn(*pair, "="));

        if (!name)
            return error_memory(err);
        json_pointer_append(pointer, sizeof(pointer), name, strlen(name));
        if (strv_matches(never_allowed, name))
            return fault(err, pointer, "is never allowed: it changes how programs are loaded");
        if (strv_matches((const char *const *)profile->env_denied, name))
            return fault(err, pointer, "is a name that the profile %s does not allow", profile->name);
    }
    return 0;
}

static int check_arguments(const struct job *job, const struct profile *profile, struct error *err)
{
    size_t bytes = 0;

    if (job->args && !strv_has(profile->run.argv, "{args}"))
        return fault(err, "/args", "can't be passed on: the profile %s takes none", profile->name);
    for (char **text = job->args; text && *text; text++)
        bytes += strlen(*text) + 1;
    if (bytes > MOST_ARGUMENT_BYTES)
        return fault(err, "/args", "are longer than %d bytes together", MOST_ARGUMENT_BYTES);
    for (char **text = job->env; text && *text; text++)
        bytes += strlen(*text) + 1;
    if (bytes > MOST_ARGUMENT_BYTES)
        return fault(err, "/env", "is longer than %d bytes, arguments included", MOST_ARGUMENT_BYTES);
    return 0;
}

static int compare_files(const void *a, const void *b)
{
    const struct job_file *const *one = a, *const *other = b;

    return strcmp((*one)->path, (*other)->path);
}

static const struct job_file *find_file(const struct job_file **sorted, size_t n, char *path)
{
    struct job_file wanted = {.path = path};
    const struct job_file *key = &wanted, **found = bsearch(&key, sorted, n, sizeof(*sorted), compare_files);

    return found ? *found : NULL;
}

/* Is a file named where a directory must be for @path? The entry file counts. */
static int check_parents(const char *path, const struct job_file **sorted, size_t n, const char *entry,
                         bool *ret_clash)
{
    _cleanup_(freep) char *parent = strdup(path);

    if (!parent)
        return -ENOMEM;
    for (char *slash = strrchr(parent, '/'); slash && !*ret_clash; slash = strrchr(parent, '/')) {
        *slash = '\0';
        *ret_clash = find_file(sorted, n, parent) || strcmp(parent, entry) == 0;
    }
    return 0;
}

static int check_paths(const struct job *job, const struct profile *profile, struct error *err)
{
    _cleanup_(freep) const struct job_file **sorted = calloc(job->n_files + 1, sizeof(*sorted));

    if (!sorted)
        return error_memory(err);
    for (size_t i = 0; i < job->n_files; i++)
        sorted[i] = &job->files[i];
    qsort(sorted, job->n_files, sizeof(*sorted), compare_files);
    for (size_t i = 0; i + 1 < job->n_files; i++) {
        const struct job_file *later = sorted[i] > sorted[i + 1] ? sorted[i] : sorted[i + 1];

        if (strcmp(sorted[i]->path, sorted[i + 1]->path) == 0)
            return fault_of_file(err, (size_t)(later - job->files), "path",
                                 "is the path of another file too");
    }
    for (size_t i = 0; i < job->n_files; i++) {
        bool clash = false;

        if (job->source.data && strcmp(job->files[i].path, profile->entry) == 0)
            return fault_of_file(err, i, "path", "is the entry file, which \"source\" becomes already");
        if (check_parents(job->files[i].path, sorted, job->n_files, profile->entry, &clash) < 0)
            return error_memory(err);
        if (clash)
            return fault_of_file(err, i, "path", "lies below a path that is a file");
    }
    if (!job->source.data && !find_file(sorted, job->n_files, profile->entry))
        return fault(err, "/source", "is required, or a file with the path \"%s\"", profile->entry);
    return 0;
}

static uint64_t pages(size_t size)
{
    return ((uint64_t)size + PAGE - 1) / PAGE * PAGE;
}

static int check_sizes(const struct job *job, const struct profile *profile, struct error *err)
{
    struct limits limits = limits_or(&job->asked, &profile->normal);
    uint64_t bytes = pages(job->source.size);
    int r = 0;

    if (bytes > limits.disk_bytes)
        r = fault(err, "/source", "does not fit into disk_bytes, %" PRIu64, limits.disk_bytes);
    for (size_t i = 0; r == 0 && i < job->n_files; i++) {
        char what[96];

        bytes += pages(job->files[i].content.size);
        if (bytes <= limits.disk_bytes)
            continue;
        snprintf(what, sizeof(what), "makes the files together exceed disk_bytes, %" PRIu64,
                 limits.disk_bytes);
        r = fault_of_file(err, i, "content", what);
    }
    return r;
}

int request_check(const struct job *job, const struct profile *profile, struct error *err)
{
    int r = check_limits(job, profile, err);

    if (r == 0)
        r = check_paths(job, profile, err);
    if (r == 0)
        r = check_sizes(job, profile, err);
    if (r == 0)
        r = check_env(job, profile, err);
    return r == 0 ? check_arguments(job, profile, err) : r;
}
