/* SPDX-License-Identifier: MIT */
/* `exrun run`: runs one program, for a person or for a machine. */
#include "runner/command/command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "exrun/exrun.h"
#include "runner/answer/answer.h"
#include "runner/answer/result.h"
#include "runner/command/cancels.h"
#include "runner/library/job_copy.h"
#include "runner/request/request.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/plan/job.h"

struct options {
    bool is_json, best_effort;
    const char *profile, *profiles, *input;
    struct limits limits;
    char *const *words; /* FILE and the arguments after it */
};

static void exrun_closep(struct exrun **exrun)
{
    exrun_close(*exrun);
}

static void exrun_result_freep(struct exrun_result **result)
{
    exrun_result_free(*result);
}

static void bytes_deinit(struct bytes *bytes)
{
    free(bytes->data);
}

static const struct option_row rows[] = {
    {"profile", 'p', OPTION_TEXT, offsetof(struct options, profile), "PROFILE",
     "the language; by default FILE's ending decides"},
    {"profiles", 0, OPTION_TEXT, offsetof(struct options, profiles), "DIR", "look for profiles there first"},
    {"stdin", 0, OPTION_TEXT, offsetof(struct options, input), "FILE",
     "the program's input, instead of your stdin"},
    {"json", 0, OPTION_FLAG, offsetof(struct options, is_json), NULL,
     "read a JSON request, print a JSON result"},
    {"best-effort", 0, OPTION_FLAG, offsetof(struct options, best_effort), NULL,
     "run even if a limit can't be enforced; the result names it"},
    {"limits", 0, OPTION_LIMITS, offsetof(struct options, limits), NULL,
     "A limit can be lower than the profile's own, or higher, up to the profile's maximum. TIME is 500ms, "
     "5s, 2m;\nSIZE is 64K, 128M, 1G:"},
    {NULL}};

static const struct manual manual = {
    .usage = "exrun run [-p PROFILE] [--stdin FILE] [LIMIT...] FILE [ARG...]\n"
             "       exrun run --json [REQUEST.json | -]\n",
    .about =
        "Runs FILE in a cell, as its interpreter would: stdin, output and exit status are the program's\n"
        "own. Arguments after FILE are passed to the program. Other exit statuses: 124 out of time, 137\n"
        "stopped because of memory, output or a forbidden system call, 1 could not be compiled, 128+N\n"
        "ended by signal N. If nothing was run: 64 wrong usage, 65 invalid program, 66 no such file,\n"
        "69 a limit can't be enforced here, 75 try again later, 77 not permitted, 78 a profile is wrong.\n"
        "With --json: reads one request. If it was run, prints one result, and the exit status is 0.\n"
        "Otherwise prints one problem object, and the exit status is one of those of \"nothing was run\".\n",
    .rows = rows,
    .stops_at_word = true};

/* Sets the events that cancel a run: a signal to exrun and, with --json, the end of the answer's
 * reader. A pipe without a reader has an error, which poll(2) always reports. */
static int cancel_on(struct cancels *cancels, struct exrun *exrun, bool is_json, struct error *err)
{
    int r = cancels_open(cancels, err);

    exrun_cancel_on(exrun, 0, cancels->signals, POLLIN);
    exrun_cancel_on(exrun, 1, is_json ? STDOUT_FILENO : -1, 0);
    return r;
}

static int read_text(const char *path, size_t most, char **ret, size_t *ret_size, struct error *err)
{
    bool is_stdin = strcmp(path, "-") == 0;
    _cleanup_(fd_closep) int fd =
        is_stdin ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : open(path, O_RDONLY | O_CLOEXEC);
    int r = fd < 0 ? -errno : fd_read_all(fd, most, ret, ret_size);

    if (r == 0)
        return 0;
    if (r == -EFBIG) {
        error_set(err, r, EX_DATAERR, "", "is larger than %zu MiB", most >> 20);
        error_hint(err, "send less");
        return r;
    }
    if (r == -ENOMEM)
        return error_memory(err);
    return error_set(err, r, EX_NOINPUT, is_stdin ? "standard input" : path, "can't be read: %s",
                     strerror(-r));
}

/* Copies an error of the library into @err. */
static int failed(int r, const struct exrun_error *from, struct error *err)
{
    if (r < 0) {
        error_set(err, r, from->status, from->where, "%s", from->what);
        error_hint(err, "%s", from->hint);
    }
    return r;
}

/* Refuses arguments that are given in addition to a request, because they would silently have no
 * effect. */
static int check_json_words(const struct options *options, struct error *err)
{
    static const struct limits nothing;
    const char *odd = NULL;

    if (options->profile)
        odd = "--profile";
    else if (options->input)
        odd = "--stdin";
    else if (memcmp(&options->limits, &nothing, sizeof(nothing)) != 0)
        odd = "a limit flag";
    else if (*options->words && options->words[1])
        odd = options->words[1];
    if (!odd)
        return 0;
    error_set(err, -EINVAL, EX_USAGE, odd, "can't be combined with --json");
    error_hint(err, "put it into the request");
    return -EINVAL;
}

static int write_answer(void *arg, const char *data, size_t size)
{
    return cancels_write(arg, data, size);
}

static int run_json(const struct options *options, struct exrun *exrun, int *ret_status, struct error *err)
{
    _cleanup_(freep) char *text = NULL;
    _cleanup_(exrun_result_freep) struct exrun_result *result = NULL;
    _cleanup_(cancels_close) struct cancels cancels = CANCELS_NONE;
    struct exrun_error why = {0};
    size_t size = 0;
    int r = read_text(*options->words ? *options->words : "-", REQUEST_MOST_BYTES, &text, &size, err);

    *ret_status = EX_OK;
    /* Signals are blocked only after the request has been read, so that a person who types it can
     * still interrupt exrun. */
    if (r == 0)
        r = cancel_on(&cancels, exrun, true, err);
    if (r < 0)
        return r;
    r = failed(exrun_run_request(exrun, steal(text), size, &result, &why), &why, err);
    cancels_answer(&cancels);
    if (r < 0)
        return r;
    r = exrun_result_write(result, write_answer, &cancels);
    if (r == -ENOMEM)
        return error_memory(err);
    if (r == 0)
        r = cancels_write(&cancels, "\n", 1);
    return answer_check(r, err);
}

/* Replaces the member of a request in @err by the word of the command line. */
static void name_word(const struct options *options, struct error *err)
{
    static const char prefix[] = "/limits/";
    const struct {
        const char *member, *word;
    } words[] = {
        {"/profile", "--profile"}, {"/source", *options->words}, {"/args", "ARG"}, {"/env", "--env"}};
    int limit = strncmp(err->where, prefix, sizeof(prefix) - 1) == 0
                    ? limits_find_key(err->where + sizeof(prefix) - 1)
                    : -1;

    if (limit >= 0) {
        snprintf(err->where, sizeof(err->where), "--%s", limit_rows[limit].word);
        err->status = EX_USAGE;
    }
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        if (strcmp(err->where, words[i].member) != 0)
            continue;
        err->status = strcmp(words[i].member, "/source") == 0 ? EX_DATAERR : EX_USAGE;
        snprintf(err->where, sizeof(err->where), "%s", words[i].word);
    }
}

/* Prints @size bytes of a compiler's message. Returns true if a person sees something of it. */
static bool tell_part(const char *said, size_t size)
{
    if (!said)
        return false;
    fwrite(said, 1, size, stderr);
    return size > 0 && said[strspn(said, " \t\r\n")] != '\0';
}

/* Prints the compiler's output and one line about the end: on a terminal, unless the program ended by itself,
 * and to any reader if there is no program and the compiler did not say why. */
static void tell_person(const struct exrun_result *result)
{
    bool has_run =
        exrun_result_exit_code(result) >= 0 || strcmp(exrun_result_verdict(result), "compile_failed") != 0;
    const char *verdict = exrun_result_verdict(result), *said;
    bool was_told;
    size_t size = 0;

    said = exrun_result_compiler_output(result, EXRUN_STDERR, &size);
    was_told = tell_part(said, size);
    said = has_run ? NULL : exrun_result_compiler_output(result, EXRUN_STDOUT, &size);
    was_told |= tell_part(said, size);
    if (strcmp(verdict, "ok") != 0 && strcmp(verdict, "failed") != 0 &&
        (isatty(STDERR_FILENO) || (!has_run && !was_told)))
        fprintf(stderr, "exrun: %s\n", exrun_result_message(result));
}

/* Fills the job that a request with the same file would have produced. */
static void job_of(const struct options *options, const struct bytes *source, int input,
                   struct exrun_job *job)
{
    *job = (struct exrun_job)EXRUN_JOB_INIT;
    job->profile = options->profile;
    job->file_name = *options->words;
    job->source = (struct exrun_bytes){source->data, source->size};
    job->args = (const char *const *)options->words + 1;
    job->limits = limits_to_public(&options->limits);
    job->input_fd = input;
    job->output_fd = STDOUT_FILENO;
    job->errors_fd = STDERR_FILENO;
}

static int run_file(const struct options *options, struct exrun *exrun, int *ret_status, struct error *err)
{
    _cleanup_(exrun_result_freep) struct exrun_result *result = NULL;
    _cleanup_(bytes_deinit) struct bytes source = {0};
    _cleanup_(cancels_close) struct cancels cancels = CANCELS_NONE;
    _cleanup_(fd_closep) int input = -1;
    struct exrun_error why = {0};
    struct exrun_job job;
    int r;

    if (!*options->words) {
        error_set(err, -EINVAL, EX_USAGE, "", "no file was given");
        error_hint(err, "name the file (exrun run FILE), or read the help (exrun run --help)");
        return -EINVAL;
    }
    if (options->input) {
        input = open(options->input, O_RDONLY | O_CLOEXEC);
        if (input < 0)
            return error_set(err, -errno, EX_NOINPUT, options->input, "can't be opened: %s", strerror(errno));
    }
    r = read_text(*options->words, REQUEST_MOST_BYTES, &source.data, &source.size, err);
    if (r == 0)
        r = cancel_on(&cancels, exrun, false, err);
    if (r < 0)
        return r;
    job_of(options, &source, options->input ? input : STDIN_FILENO, &job);
    r = failed(exrun_run(exrun, &job, &result, &why), &why, err);
    cancels_answer(&cancels);
    if (r < 0) {
        name_word(options, err);
        return r;
    }
    tell_person(result);
    *ret_status = exrun_result_exit_status(result);
    return 0;
}

static int run_with(const struct options *options, int *ret_status, struct error *err)
{
    _cleanup_(exrun_closep) struct exrun *exrun = NULL;
    struct exrun_error why = {0};
    int r = failed(exrun_open(&exrun, &why), &why, err);

    if (r == 0)
        r = failed(exrun_use_profiles(exrun, options->profiles, &why), &why, err);
    if (r < 0)
        return r;
    exrun_best_effort(exrun, options->best_effort);
    exrun_enter_user_namespace(exrun, true);
    return options->is_json ? run_json(options, exrun, ret_status, err)
                            : run_file(options, exrun, ret_status, err);
}

static int run(const void *given, char *const *words, int *ret_status, struct error *err)
{
    struct options options = *(const struct options *)given;
    int r;

    options.words = words;
    r = options.is_json ? check_json_words(&options, err) : 0;
    return r < 0 ? r : run_with(&options, ret_status, err);
}

const struct command command_run = {.name = "run",
                                    .help = "run one program in a cell",
                                    .manual = &manual,
                                    .options_size = sizeof(struct options),
                                    .is_json = offsetof(struct options, is_json),
                                    .run = run};
