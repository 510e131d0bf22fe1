/* SPDX-License-Identifier: MIT */
/* Freeing a job. */
#include "sandbox/plan/job.h"

#include <stdlib.h>

#include "sandbox/base/strv.h"

void job_deinit(struct job *job)
{
    for (size_t i = 0; i < job->n_files; i++) {
        free(job->files[i].path);
        free(job->files[i].content.data);
    }
    for (size_t i = 0; i < job->n_labels; i++) {
        free(job->labels[i].name);
        free(job->labels[i].value);
    }
    free(job->files);
    free(job->labels);
    free(job->id);
    free(job->profile);
    free(job->source.data);
    free(job->input.data);
    strv_free(job->args);
    strv_free(job->env);
    strv_free(job->artifacts);
    *job = (struct job){0};
}
