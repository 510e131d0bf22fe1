/* SPDX-License-Identifier: MIT */
/* The plan. */
#include "sandbox/plan/plan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/layer_off.h"
#include "sandbox/base/strv.h"
#include "sandbox/plan/name_check.h"
#include "sandbox/plan/sources.h"

/* Returns @word with "{entry}" and "{memory_mib}" replaced, owned by the caller; NULL if there is not enough
 * memory. */
static char *fill_word(const char *word, const struct profile *profile, const struct limits *limits)
{
    char *text = NULL, number[24];
    size_t size;
    FILE *out = open_memstream(&text, &size);

    if (!out)
        return NULL;
    snprintf(number, sizeof(number), "%llu", (unsigned long long)(limits->memory_bytes >> 20));
    while (*word) {
        if (strncmp(word, "{entry}", 7) == 0) {
            fputs(profile->entry, out);
            word += 7;
        } else if (strncmp(word, "{memory_mib}", 12) == 0) {
            fputs(number, out);
            word += 12;
        } else {
            fputc(*word++, out);
        }
    }
    if (fclose(out) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

static int fill_argv(struct plan_stage *stage, const struct plan *plan, char *const *words, char *const *args)
{
    for (; *words; words++) {
        int r = 0;

        if (strcmp(*words, "{args}") == 0)
            for (char *const *arg = args; arg && *arg && r == 0; arg++)
                r = strv_add(&stage->argv, *arg);
        else if (strcmp(*words, "{sources}") == 0)
            r = sources_add(&stage->argv, plan->profile, plan->job);
        else
            r = strv_take(&stage->argv, fill_word(*words, plan->profile, &stage->limits));
        if (r < 0)
            return r;
    }
    return 0;
}

/* Sets "NAME=value". If the name is already set, the later value replaces the earlier one. */
static int set_variable(char ***env, const char *pair)
{
    size_t length = strcspn(pair, "=") + 1;

    for (char **old = *env; old && *old; old++) {
        char *copy;

        if (strncmp(*old, pair, length) != 0)
            continue;
        copy = strdup(pair);
        if (!copy)
            return -ENOMEM;
        free(*old);
        *old = copy;
        return 0;
    }
    return strv_add(env, pair);
}

/* Starts from an empty environment, so no variable of exrun's caller ever gets in. */
static int fill_env(struct plan_stage *stage, char *const *of_profile, char *const *of_job)
{
    static const char *const basic[] = {"PATH=" PLAN_PATH, "HOME=" PLAN_HOME, "TMPDIR=/tmp",
                                        "LANG=C.UTF-8",    "TZ=UTC",          "USER=" PLAN_USER};
    int r = 0;

    for (char **variable = environ; layer_off("environment") && *variable && r == 0; variable++)
        r = set_variable(&stage->env, *variable);
    for (size_t i = 0; i < sizeof(basic) / sizeof(*basic) && r == 0; i++)
        r = set_variable(&stage->env, basic[i]);
    for (; of_profile && *of_profile && r == 0; of_profile++)
        r = set_variable(&stage->env, *of_profile);
    for (; of_job && *of_job && r == 0; of_job++)
        r = set_variable(&stage->env, *of_job);
    return r;
}

/* Returns @text without a byte order mark at its start. Editors write the mark, nobody sees it, and shells,
 * PHP and javac can't read it. Data files keep it, because a program can look for it. */
static struct bytes without_mark(const struct bytes *text)
{
    static const char mark[] = "\xef\xbb\xbf";
    const size_t length = sizeof(mark) - 1;

    if (text->size < length || memcmp(text->data, mark, length) != 0)
        return *text;
    return (struct bytes){text->data + length, text->size - length};
}

static int compare_files(const void *a, const void *b)
{
    const struct plan_file *one = a, *other = b;

    return name_compare_paths(one->path, other->path);
}

/* The files are in an order in which the cell enters each directory once. In the order of a request,
 * thousands of files could need hundreds of directories each. */
static int fill_files(struct plan_stage *stage, const struct job *job, const struct profile *profile)
{
    /* Leaves room for one more file, because the product of a compile stage is added later. */
    stage->files = calloc(job->n_files + 2, sizeof(*stage->files));
    if (!stage->files)
        return -ENOMEM;
    if (job->source.data)
        stage->files[stage->n_files++] =
            (struct plan_file){.path = profile->entry, .content = without_mark(&job->source)};
    for (size_t i = 0; i < job->n_files; i++) {
        const struct job_file *file = &job->files[i];
        bool is_source = strcmp(file->path, profile->entry) == 0 || sources_has_ending(profile, file->path);

        stage->files[stage->n_files++] = (struct plan_file){
            .path = file->path, .content = is_source ? without_mark(&file->content) : file->content};
    }
    qsort(stage->files, stage->n_files, sizeof(*stage->files), compare_files);
    return 0;
}

static int fill_stage(struct plan_stage *stage, const struct profile_stage *from, const struct plan *plan,
                      bool is_run)
{
    const struct job *job = plan->job;
    const struct profile *profile = plan->profile;
    int r = fill_argv(stage, plan, from->argv, is_run ? job->args : NULL);

    if (r == 0)
        r = fill_env(stage, profile->env, is_run ? job->env : NULL);
    if (r == 0)
        r = fill_files(stage, job, profile);
    stage->program = from->program;
    /* A run needs this only if it calls its own program ("./main"), not if it calls a virtual machine that
     * reads an archive. */
    stage->may_exec = plan->compiles && (!is_run || strncmp(from->argv[0], "./", 2) == 0);
    stage->input = is_run && job->input.data ? &job->input : NULL;
    return r;
}

static int fail_stage(struct fault *fault, enum fault_kind kind, int error, enum stage stage, size_t index)
{
    fault_set_index(fault, kind, error, index);
    if (fault)
        fault->step = (uint16_t)stage;
    return error;
}

static int check_program(const struct profile_stage *stage, enum stage which, struct fault *fault)
{
    static const int errors[] = {[PROGRAM_ABSENT] = -ENOENT,
                                 [PROGRAM_NOT_EXECUTABLE] = -EACCES,
                                 [PROGRAM_IRREGULAR] = -EACCES,
                                 [PROGRAM_DIRECTORY] = -EISDIR};

    return stage->program ? 0 : fail_stage(fault, FAULT_PROGRAM, errors[stage->lack], which, stage->lack);
}

static int check_machine(struct plan *plan, const struct plan_config *config, struct fault *fault)
{
    for (size_t i = 0; i < MACHINE_N_NEEDED; i++) {
        const struct machine_word *word = &machine_needed[i];

        if (config->machine->can & word->can)
            continue;
        plan->unenforced |= word->can;
        /* No cell can exist without these, so best effort does not help. */
        if (config->best_effort && !(word->can & (CAN_WALLS | CAN_CELLS)))
            continue;
        return fault_set_index(fault, FAULT_MACHINE, -EOPNOTSUPP, i);
    }
    return 0;
}

/* Lowers exrun's limit below the caller's hard limit, because a run must not reach the caller's first. That
 * limit counts CPU time in whole seconds, for each process. */
static void lower_limit(struct limits *limits, enum rlimits which, uint64_t hard)
{
    const struct rlimits_row *row = &rlimits_rows[which];
    uint64_t most;

    if (which != RLIMITS_CPU && which != RLIMITS_NOFILE)
        return;
    most = hard * row->divisor - row->margin;
    if (most < limits_get(limits, (enum limit)row->limit))
        limits_set(limits, (enum limit)row->limit, most);
}

bool plan_is_hopeless(enum rlimits which, uint64_t hard)
{
    return which == RLIMITS_CPU && hard == 0;
}

/* Checks the caller's hard limits. One that is too low counts like a facility that the machine lacks. */
static int check_rlimits(struct plan *plan, enum stage which, const struct plan_config *config,
                         struct fault *fault)
{
    const struct machine *machine = config->machine;
    struct plan_stage *stage = plan_stage_of(plan, which);

    for (enum rlimits i = 0; i < N_RLIMITS; i++) {
        uint64_t hard = machine->hard[i], least, wanted = rlimits_wanted(i, &stage->limits);

        stage->rlimits[i] = machine->can & CAN_RAISE || wanted < hard ? wanted : hard;
        least = rlimits_least(i, &stage->limits, machine->core_dumps_run_handler);
        if (stage->rlimits[i] >= least)
            continue;
        if (!config->best_effort || plan_is_hopeless(i, hard))
            return fail_stage(fault, FAULT_RLIMIT, -EOPNOTSUPP, which, i);
        plan->lowered |= 1U << i;
        lower_limit(&stage->limits, i, hard);
    }
    return 0;
}

static int fill(struct plan *plan)
{
    const struct profile *profile = plan->profile;
    int r = fill_stage(&plan->run, &profile->run, plan, true);

    plan->run.joins_outputs = plan->job->joins_outputs;
    return r < 0 || !plan->compiles ? r : fill_stage(&plan->compile, &profile->compile, plan, false);
}

int plan_make(struct plan *plan, const struct plan_config *config, struct fault *fault)
{
    const struct profile *profile = config->profile;
    int r;

    *plan = (struct plan){.job = config->job, .profile = profile, .compiles = profile->compile.argv != NULL};
    plan->run.limits = limits_or(&config->job->asked, &profile->normal);
    plan->compile.limits = profile->compile_limits;
    r = check_machine(plan, config, fault);
    if (r == 0 && plan->compiles)
        r = check_program(&profile->compile, STAGE_COMPILE, fault);
    if (r == 0)
        r = check_program(&profile->run, STAGE_RUN, fault);
    if (r == 0 && plan->compiles)
        r = check_rlimits(plan, STAGE_COMPILE, config, fault);
    if (r == 0)
        r = check_rlimits(plan, STAGE_RUN, config, fault);
    if (r < 0)
        return r;
    return fill(plan) < 0 ? fault_memory(fault) : 0;
}

struct plan_stage *plan_stage_of(struct plan *plan, enum stage stage)
{
    return stage == STAGE_COMPILE ? &plan->compile : &plan->run;
}

const struct warm *plan_warm(const struct profile *profile, enum stage stage)
{
    return stage == STAGE_COMPILE ? &profile->compile_warm : &profile->warm;
}

void plan_add_product(struct plan *plan, const struct bytes *product)
{
    /* fill_files() left room for it. It replaces a file of the request with the same name. */
    struct plan_file file = {.path = plan->profile->produces, .content = *product, .is_executable = true};

    for (size_t i = 0; i < plan->run.n_files; i++) {
        if (strcmp(plan->run.files[i].path, file.path) == 0) {
            plan->run.files[i] = file;
            return;
        }
    }
    plan->run.files[plan->run.n_files++] = file;
}

static void stage_deinit(struct plan_stage *stage)
{
    strv_free(stage->argv);
    strv_free(stage->env);
    free(stage->files);
}

void plan_deinit(struct plan *plan)
{
    stage_deinit(&plan->compile);
    stage_deinit(&plan->run);
    *plan = (struct plan){0};
}
