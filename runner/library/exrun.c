/* SPDX-License-Identifier: MIT */
/* libexrun: the whole way from a request to an answer, for callers of any kind. The exrun command
 * is the first of them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "exrun/exrun.h"
#include "runner/answer/faults.h"
#include "runner/answer/hidden.h"
#include "runner/answer/program_text.h"
#include "runner/answer/result.h"
#include "runner/answer/sentences.h"
#include "runner/language/enter.h"
#include "runner/language/language_find.h"
#include "runner/language/language_read.h"
#include "runner/library/exrun_result.h"
#include "runner/library/job_copy.h"
#include "runner/library/pipe_guard.h"
#include "runner/request/request.h"
#include "runner/request/request_check.h"
#include "runner/text/environment.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"
#include "sandbox/cell/cell_start.h"
#include "sandbox/plan/job.h"
#include "sandbox/plan/job_check.h"
#include "sandbox/run/run.h"
#include "sandbox/run/version.h"

/* The first run that is not refused opens @host, because a refusal must leave nothing behind. */
struct exrun {
    char **directories; /* NULL: not known yet */
    bool best_effort, enters_userns, has_host;
    struct host host;
    struct cell_cancel cancels[CELL_N_CANCELS];
    void (*handle)(void *arg, const struct exrun_event *event); /* NULL: nobody wants the events */
    void *arg;
};

/* Copies the description of a failure to the caller. Returns @r. */
static int tell(const struct error *from, int r, struct exrun_error *err)
{
    if (r < 0 && err) {
        *err = (struct exrun_error){.status = from->status};
        memcpy(err->where, from->where, sizeof(err->where));
        memcpy(err->what, from->what, sizeof(err->what));
        memcpy(err->hint, from->hint, sizeof(err->hint));
    }
    return r;
}

_Static_assert(sizeof(((struct exrun_error *)0)->where) == sizeof(((struct error *)0)->where) &&
                   sizeof(((struct exrun_error *)0)->what) == sizeof(((struct error *)0)->what) &&
                   sizeof(((struct exrun_error *)0)->hint) == sizeof(((struct error *)0)->hint),
               "the public error has the same members as the internal one");

const char *exrun_version(void)
{
    return EXRUN_VERSION;
}

int exrun_open(struct exrun **ret, struct exrun_error *err)
{
    struct exrun *exrun = calloc(1, sizeof(*exrun));
    struct error why = {0};

    *ret = exrun;
    if (!exrun)
        return tell(&why, error_memory(&why), err);
    for (unsigned int i = 0; i < CELL_N_CANCELS; i++)
        exrun->cancels[i].fd = -1;
    return 0;
}

void exrun_close(struct exrun *exrun)
{
    if (!exrun)
        return;
    if (exrun->has_host)
        host_close(&exrun->host);
    strv_free(exrun->directories);
    free(exrun);
}

int exrun_use_profiles(struct exrun *exrun, const char *directory, struct exrun_error *err)
{
    struct error why = {0};

    strv_free(steal(exrun->directories));
    return tell(&why, language_directories(directory, &exrun->directories, &why), err);
}

void exrun_best_effort(struct exrun *exrun, int yes)
{
    exrun->best_effort = yes != 0;
}

void exrun_enter_user_namespace(struct exrun *exrun, int yes)
{
    exrun->enters_userns = yes != 0;
}

int exrun_cancel_on(struct exrun *exrun, unsigned int which, int fd, short events)
{
    if (which >= CELL_N_CANCELS)
        return -EINVAL;
    exrun->cancels[which] = (struct cell_cancel){.fd = fd, .events = events};
    return 0;
}

void exrun_on_event(struct exrun *exrun, void (*handle)(void *arg, const struct exrun_event *event),
                    void *arg)
{
    exrun->handle = handle;
    exrun->arg = arg;
}

static void tell_start(void *arg, enum stage stage, enum run_cell cell)
{
    const struct exrun *exrun = arg;

    (void)cell;
    exrun->handle(exrun->arg,
                  &(struct exrun_event){.type = EXRUN_STARTED,
                                        .stage = stage == STAGE_COMPILE ? EXRUN_COMPILE : EXRUN_RUN});
}

static ssize_t tell_bytes(const struct exrun *exrun, enum exrun_stream stream, const char *bytes, size_t size)
{
    exrun->handle(exrun->arg,
                  &(struct exrun_event){
                      .type = EXRUN_OUTPUT, .stage = EXRUN_RUN, .stream = stream, .bytes = {bytes, size}});
    return (ssize_t)size;
}

static ssize_t tell_output(const struct output_sink *sink, const char *bytes, size_t size)
{
    return tell_bytes(sink->arg, EXRUN_STDOUT, bytes, size);
}

static ssize_t tell_errors(const struct output_sink *sink, const char *bytes, size_t size)
{
    return tell_bytes(sink->arg, EXRUN_STDERR, bytes, size);
}

/* Lets the caller know what happens, if it wants to. */
static void tell_events(struct exrun *exrun, struct run_io *io)
{
    static ssize_t (*const passes[])(const struct output_sink *, const char *, size_t) = {tell_output,
                                                                                          tell_errors};

    if (!exrun->handle)
        return;
    io->listener.started = tell_start;
    io->listener.arg = exrun;
    for (size_t i = 0; i < sizeof(passes) / sizeof(*passes); i++)
        if (!io->sinks[i].pass)
            io->sinks[i] = (struct output_sink){.pass = passes[i], .arg = exrun, .fd = -1, .keeps = true};
}

/* The caller waits for the answer, so more input could not come. */
static int check_input(const struct job *job, struct error *err)
{
    if (!job->keeps_input_open)
        return 0;
    error_set(err, -EINVAL, EX_DATAERR, "/stdin_open", "is only possible in the service");
    error_hint(err, "send the request to exrun serve, or put all input into \"stdin\"");
    return -EINVAL;
}

/* Finds the profile that the job names, or the one for the ending of @file_name. */
static int find_profile(struct exrun *exrun, const char *file_name, struct exrun_result *run,
                        struct error *err)
{
    int r = exrun->directories ? 0 : language_directories(NULL, &exrun->directories, err);

    if (r < 0)
        return r;
    if (run->job.profile || !file_name)
        return language_find(exrun->directories, run->job.profile ? run->job.profile : "", &run->language,
                             err);
    return language_find_by_ending(exrun->directories, file_name, &run->language, err);
}

static int open_host(struct exrun *exrun, struct fault *fault, struct error *err)
{
    struct fault why = {0};
    struct settings settings;
    int r = environment_read(&settings, err);

    if (r < 0)
        return r;
    if (exrun->enters_userns)
        enter_userns(exrun->directories, settings.search_path, &why);
    r = host_open(&exrun->host, &settings, fault);
    exrun->host.userns = why;
    exrun->has_host = r == 0;
    return r;
}

/* Describes a fault with everything that is known at that point. */
static int tell_fault(const struct exrun *exrun, const struct exrun_result *run, const struct fault *fault,
                      struct error *err)
{
    const struct fault_context context = {.job = &run->job,
                                          .language = &run->language,
                                          .plan = &run->plan,
                                          .host = &exrun->host,
                                          .can_ask_for_userns = !exrun->enters_userns};

    return fault_tell(fault, &context, err);
}

/* Plans a job that has been read. Returns 0, or -errno with either @fault or @err filled. */
static int make_plan(struct exrun *exrun, struct exrun_result *run, struct fault *fault, struct error *err)
{
    int r = request_check(&run->job, &run->language, err);

    if (r == 0)
        r = job_check(&run->job, &run->language.profile, fault);
    timing_mark(&run->result.timing, TIMING_READ);
    if (r == 0 && !exrun->has_host)
        r = open_host(exrun, fault, err);
    if (r == 0)
        r = plan_make(&run->plan,
                      &(struct plan_config){.job = &run->job,
                                            .profile = &run->language.profile,
                                            .machine = &exrun->host.machine,
                                            .best_effort = exrun->best_effort},
                      fault);
    timing_mark(&run->result.timing, TIMING_HOST);
    return r;
}

static int run_job(struct exrun *exrun, const char *file_name, struct run_io *io, struct exrun_result *run,
                   struct error *err)
{
    struct fault fault = {0};
    int r = find_profile(exrun, file_name, run, err);

    if (r < 0)
        return r;
    r = make_plan(exrun, run, &fault, err);
    memcpy(io->cancels, exrun->cancels, sizeof(io->cancels));
    tell_events(exrun, io);
    if (r == 0)
        r = run_plan(&exrun->host, &run->plan, io, &run->result, &fault);
    if (r < 0 && fault.kind != FAULT_NONE)
        return tell_fault(exrun, run, &fault, err);
    if (r < 0)
        return r;
    sentences_of(&run->result, &run->plan, &run->language, &run->sentence);
    hidden_remove(&run->result, &run->language);
    return 0;
}

/* Names the language and its version. @wall_ms: as of struct version_config. The caller's events cancel that,
 * too. */
static void name_program(const struct exrun *exrun, uint64_t wall_ms, struct exrun_result *run)
{
    const struct version_config config = {.host = &exrun->host,
                                          .profile = &run->language.profile,
                                          .wall_ms = wall_ms,
                                          .cancels = exrun->cancels};
    struct version version;

    version_get(&config, &version);
    run->result.unreclaimed |= version.unreclaimed;
    run->program = program_text(&run->language, version.text);
}

/* Frees *@owned, the request, as soon as it has been read. If @owned is NULL, the request belongs
 * to the caller. */
static int run_request(struct exrun *exrun, const struct bytes *request, char **owned,
                       struct exrun_result **ret, struct error *err)
{
    struct run_io io = RUN_IO_QUIET;
    struct exrun_result *run = calloc(1, sizeof(*run));
    struct pipe_guard guard;
    int r;

    if (!run)
        return error_memory(err);
    pipe_guard_open(&guard);
    timing_start(&run->result.timing);
    r = request_read(request->data, request->size, &run->job, err);
    if (owned)
        free(steal(*owned));
    if (r == 0)
        r = check_input(&run->job, err);
    if (r == 0)
        r = run_job(exrun, NULL, &io, run, err);
    /* After the run, so that the program does not wait for it. Nobody waits for an answer that is cancelled.
     */
    if (r == 0)
        name_program(exrun, run->result.verdict == VERDICT_CANCELLED ? 0 : VERSION_WALL_MS, run);
    pipe_guard_close(&guard);
    if (r == 0)
        *ret = steal(run);
    exrun_result_free(run);
    return r;
}

int exrun_run_text(struct exrun *exrun, const char *request, size_t size, char **ret_answer,
                   struct exrun_error *err)
{
    struct exrun_result *run = NULL;
    struct error why = {0};
    const struct bytes bytes = {.data = (char *)(uintptr_t)request, .size = size};
    int r = run_request(exrun, &bytes, NULL, &run, &why);

    *ret_answer = NULL;
    if (r == 0) {
        *ret_answer = exrun_result_text(run);
        r = *ret_answer ? 0 : error_memory(&why);
    }
    if (r < 0)
        *ret_answer = result_problem_text(&why);
    exrun_result_free(run);
    return tell(&why, r, err);
}

int exrun_run_request(struct exrun *exrun, char *request, size_t size, struct exrun_result **ret,
                      struct exrun_error *err)
{
    const struct bytes bytes = {.data = request, .size = size};
    struct error why = {0};
    int r;

    *ret = NULL;
    r = run_request(exrun, &bytes, &request, ret, &why);
    free(request);
    return tell(&why, r, err);
}

void exrun_text_free(char *text)
{
    free(text);
}

int exrun_run(struct exrun *exrun, const struct exrun_job *job, struct exrun_result **ret,
              struct exrun_error *err)
{
    struct run_io io = RUN_IO_QUIET;
    struct exrun_result *run;
    struct error why = {0};
    struct pipe_guard guard;
    int r;

    *ret = NULL;
    /* Checked before any other member is read, because the caller's struct can be shorter. */
    if (job->size != sizeof(*job))
        return tell(&why,
                    error_set(&why, -EINVAL, EX_SOFTWARE, "size", "is not the size of a struct exrun_job"),
                    err);
    run = calloc(1, sizeof(*run));
    if (!run)
        return tell(&why, error_memory(&why), err);
    io.input.fd = job->input_fd;
    io.sinks[0] = output_sink_of_fd(job->output_fd);
    io.sinks[1] = output_sink_of_fd(job->errors_fd);
    pipe_guard_open(&guard);
    timing_start(&run->result.timing);
    r = job_copy(job, &run->job, &why);
    if (r == 0)
        r = run_job(exrun, job->file_name, &io, run, &why);
    if (r == 0)
        name_program(exrun, 0, run);
    pipe_guard_close(&guard);
    if (r == 0)
        *ret = steal(run);
    exrun_result_free(run);
    return tell(&why, r, err);
}
