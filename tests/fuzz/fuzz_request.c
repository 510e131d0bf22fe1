/* SPDX-License-Identifier: MIT */
/* Reads arbitrary bytes as a request. If it is valid, the job must keep its guarantees; if not, the error
 * must have a place and a text. */
#include <string.h>

#include "fuzz.h"
#include "runner/answer/faults.h"
#include "runner/request/request.h"
#include "sandbox/plan/job.h"
#include "sandbox/plan/job_check.h"
#include "sandbox/plan/name_check.h"

static void check_job(const struct job *job)
{
    PROMISE(job->profile);
    PROMISE(!job->source.data || job->source.data[job->source.size] == '\0');
    PROMISE(job->n_files <= REQUEST_MOST_FILES && job->n_labels <= REQUEST_MOST_LABELS);
    for (size_t i = 0; i < job->n_files; i++) {
        PROMISE(name_check_path(job->files[i].path) == NAME_FINE);
        PROMISE(job->files[i].content.data);
    }
    for (char **pair = job->env; pair && *pair; pair++)
        PROMISE(name_check_variable(*pair) == NAME_FINE);
    for (char **pattern = job->artifacts; pattern && *pattern; pattern++)
        PROMISE(name_check_pattern(*pattern) == NAME_FINE);
    for (int limit = 0; limit < N_LIMITS; limit++) {
        uint64_t value = limits_get(&job->asked, (enum limit)limit);

        PROMISE(value == 0 || value >= limit_rows[limit].floor);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char entry[] = "main.x", argument[] = "{args}", *argv[] = {argument, NULL}, denied[] = "X_*",
                *env_denied[] = {denied, NULL};
    const struct language language = {.min = limits_floor(),
                                      .profile = {.name = entry,
                                                  .entry = entry,
                                                  .run = {.argv = argv},
                                                  .env_denied = env_denied,
                                                  .normal = limits_normal(),
                                                  .max = limits_most()}};
    struct error err = {0};
    struct fault fault = {0};
    struct job job;
    const struct fault_context context = {.job = &job, .language = &language};
    int r = request_read((const char *)data, size, &job, &err);

    if (r == 0) {
        check_job(&job);
        r = job_check(&job, &language.profile, &fault);
        if (r < 0)
            fault_tell(&fault, &context, &err);
    }
    PROMISE(r <= 0 && (r == 0 || (*err.what && err.status != 0 && (!*err.where || *err.where == '/'))));
    job_deinit(&job);
    return 0;
}
