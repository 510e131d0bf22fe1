/* SPDX-License-Identifier: MIT */
/* Describes a job that its profile does not allow, with the place in the request. */
#include "runner/answer/faults_job.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "runner/text/json_place.h"
#include "runner/text/name_words.h"
#include "sandbox/plan/job.h"
#include "sandbox/plan/job_check.h"

/* The arguments of error_set() that all faults of a job share. */
#define REFUSE(telling, where, ...) error_set((telling)->err, -EINVAL, EX_DATAERR, where, __VA_ARGS__)

/* "/files/3/path" */
static void point_at(char *pointer, size_t room, const char *list, unsigned int index, const char *member)
{
    snprintf(pointer, room, "/%s/%u%s", list, index, member);
}

static void tell_limit(const struct telling *telling)
{
    const struct language *language = telling->context->language;
    enum limit limit = (enum limit)telling->fault->index;
    uint64_t asked = limits_get(&telling->context->job->asked, limit);
    char pointer[64];

    snprintf(pointer, sizeof(pointer), "/limits/%s", limit_rows[limit].key);
    REFUSE(telling, pointer, "is %" PRIu64 "; the profile %s allows %" PRIu64 " to %" PRIu64, asked,
           language->profile.name, limits_get(&language->min, limit),
           limits_get(&language->profile.max, limit));
    error_hint(telling->err, "request less, or raise \"limits\", \"max\" in the profile");
}

static void tell_name(const struct telling *telling)
{
    const struct job *job = telling->context->job;
    const unsigned int index = telling->fault->index;
    enum name_fault fault = NAME_FINE;
    char pointer[64] = "";

    switch (telling->fault->kind) {
    case FAULT_JOB_PATH:
        fault = name_check_path(job->files[index].path);
        point_at(pointer, sizeof(pointer), "files", index, "/path");
        break;
    case FAULT_JOB_ARGUMENT:
        fault = name_check_argument(job->args[index]);
        point_at(pointer, sizeof(pointer), "args", index, "");
        break;
    case FAULT_JOB_VARIABLE:
        fault = name_check_variable(job->env[index]);
        point_at(pointer, sizeof(pointer), "env", index, "");
        break;
    case FAULT_JOB_PATTERN:
        fault = name_check_pattern(job->artifacts[index]);
        point_at(pointer, sizeof(pointer), "artifacts", index, "");
        break;
    }
    REFUSE(telling, pointer, "%s", name_words(fault));
}

static void tell_file(const struct telling *telling)
{
    static const struct {
        enum fault_kind kind;
        const char *what;
    } rows[] = {{FAULT_JOB_FILE_TWICE, "is also the path of another file"},
                {FAULT_JOB_FILE_IS_ENTRY, "is the entry file, which is already given by \"source\""},
                {FAULT_JOB_FILE_BELOW_FILE, "is below a path that is a file"}};
    char pointer[64];

    point_at(pointer, sizeof(pointer), "files", telling->fault->index, "/path");
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (telling->fault->kind == rows[i].kind)
            REFUSE(telling, pointer, "%s", rows[i].what);
}

static void tell_source(const struct telling *telling)
{
    REFUSE(telling, "/source", "is required unless there is a file with the path \"%s\"",
           telling->context->language->profile.entry);
}

static void tell_size(const struct telling *telling)
{
    const struct fault_context *context = telling->context;
    struct limits limits = limits_or(&context->job->asked, &context->language->profile.normal);
    char pointer[64];

    point_at(pointer, sizeof(pointer), "files", telling->fault->index, "/content");
    if (telling->fault->kind == FAULT_JOB_SOURCE_SIZE)
        REFUSE(telling, "/source", "does not fit into disk_bytes, %" PRIu64, limits.disk_bytes);
    else
        REFUSE(telling, pointer, "makes the files together exceed disk_bytes, %" PRIu64, limits.disk_bytes);
}

static void tell_variable(const struct telling *telling)
{
    const char *pair = telling->context->job->env[telling->fault->index];
    char pointer[sizeof(telling->err->where)] = "/env";

    json_pointer_append(pointer, sizeof(pointer), pair, strcspn(pair, "="));
    if (telling->fault->kind == FAULT_JOB_VARIABLE_NEVER)
        REFUSE(telling, pointer, "is never allowed because it changes how programs are loaded");
    else
        REFUSE(telling, pointer, "is a name that the profile %s does not allow",
               telling->context->language->profile.name);
}

static void tell_arguments(const struct telling *telling)
{
    if (telling->fault->kind == FAULT_JOB_NO_ARGUMENTS)
        REFUSE(telling, "/args", "can't be passed on because the profile %s does not take arguments",
               telling->context->language->profile.name);
    else if (telling->fault->kind == FAULT_JOB_ARGUMENTS_SIZE)
        REFUSE(telling, "/args", "are longer than %d bytes together", JOB_MOST_ARGUMENT_BYTES);
    else
        REFUSE(telling, "/env", "is longer than %d bytes, including the arguments", JOB_MOST_ARGUMENT_BYTES);
}

bool fault_tell_job(const struct telling *telling)
{
    static const struct {
        enum fault_kind kind;
        void (*tell)(const struct telling *telling);
    } rows[] = {
        {FAULT_JOB_LIMIT, tell_limit},
        {FAULT_JOB_PATH, tell_name},
        {FAULT_JOB_ARGUMENT, tell_name},
        {FAULT_JOB_VARIABLE, tell_name},
        {FAULT_JOB_PATTERN, tell_name},
        {FAULT_JOB_FILE_TWICE, tell_file},
        {FAULT_JOB_FILE_IS_ENTRY, tell_file},
        {FAULT_JOB_FILE_BELOW_FILE, tell_file},
        {FAULT_JOB_NO_SOURCE, tell_source},
        {FAULT_JOB_SOURCE_SIZE, tell_size},
        {FAULT_JOB_FILES_SIZE, tell_size},
        {FAULT_JOB_VARIABLE_NEVER, tell_variable},
        {FAULT_JOB_VARIABLE_DENIED, tell_variable},
        {FAULT_JOB_NO_ARGUMENTS, tell_arguments},
        {FAULT_JOB_ARGUMENTS_SIZE, tell_arguments},
        {FAULT_JOB_ENV_SIZE, tell_arguments},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (rows[i].kind == telling->fault->kind) {
            rows[i].tell(telling);
            return true;
        }
    return false;
}
