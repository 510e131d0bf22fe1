/* SPDX-License-Identifier: MIT */
/* `exrun run`: one run, for a person or for a machine. */
#include "runner/command/cmd_run.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "runner/input/profile_read.h"
#include "runner/input/quantity.h"
#include "runner/input/request.h"
#include "runner/output/result.h"
#include "runner/output/sentences.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/strv.h"
#include "sandbox/run/run.h"

static const char help[] =
    "usage: exrun run [-p PROFILE] [--stdin FILE] [LIMIT...] FILE [ARG...]\n"
    "       exrun run --json [REQUEST.json | -]\n"
    "\n"
    "Runs FILE in a cell, as its interpreter would: stdin, output and exit status are the program's own.\n"
    "With --json: one request in, one result out (see INTERFACE.md).\n"
    "\n"
    "  -p, --profile PROFILE   the language; else FILE's ending tells\n"
    "      --profiles DIR      look for profiles there first\n"
    "      --stdin FILE        what the program reads, instead of your stdin\n"
    "      --json              a machine's run\n"
    "      --best-effort       run also where a limit can't be enforced; the result names it\n"
    "\n"
    "Limits lower the profile's own, or raise them up to its maximum: 500ms, 5s, 2m; 64K, 128M, 1G.\n";

struct options {
    bool is_json, best_effort;
    const char *profile, *profiles, *input;
    struct limits limits;
    char *const *words; /* FILE and what stands behind it */
};

enum { OPTION_JSON = 256, OPTION_PROFILES, OPTION_STDIN, OPTION_BEST_EFFORT, OPTION_HELP, OPTION_LIMIT };

enum { PARSED_HELP = 1 };

static void print_help(void)
{
    fputs(help, stdout);
    for (int limit = 0; limit < N_LIMITS; limit++)
        printf("      --%-17s %s\n", limit_rows[limit].word, limit_rows[limit].help);
}

static int parse_limit(const char *text, int limit, struct limits *limits, struct error *err)
{
    char option[40];
    uint64_t value;

    snprintf(option, sizeof(option), "--%s", limit_rows[limit].word);
    if (quantity_parse(text, limit_rows[limit].unit, &value) < 0 || value == 0) {
        error_set(err, -EINVAL, EX_USAGE, option, "\"%.60s\" is not %s", text,
                  quantity_examples(limit_rows[limit].unit));
        return -EINVAL;
    }
    limits_set(limits, limit, value);
    return 0;
}

/* Fills @options; PARSED_HELP where only help is wanted. */
static int parse(int argc, char **argv, struct options *options, struct error *err)
{
    struct option known[8 + N_LIMITS] = {{"profile", required_argument, NULL, 'p'},
                                         {"profiles", required_argument, NULL, OPTION_PROFILES},
                                         {"stdin", required_argument, NULL, OPTION_STDIN},
                                         {"json", no_argument, NULL, OPTION_JSON},
                                         {"best-effort", no_argument, NULL, OPTION_BEST_EFFORT},
                                         {"help", no_argument, NULL, OPTION_HELP}};
    int option, r;

    for (int limit = 0; limit < N_LIMITS; limit++)
        known[6 + limit] =
            (struct option){limit_rows[limit].word, required_argument, NULL, OPTION_LIMIT + limit};
    opterr = 0;
    /* "+": what stands behind FILE is the program's own. */
    while ((option = getopt_long(argc, argv, "+:p:", known, NULL)) != -1) {
        switch (option) {
        case 'p':
            options->profile = optarg;
            break;
        case OPTION_PROFILES:
            options->profiles = optarg;
            break;
        case OPTION_STDIN:
            options->input = optarg;
            break;
        case OPTION_JSON:
            options->is_json = true;
            break;
        case OPTION_BEST_EFFORT:
            options->best_effort = true;
            break;
        case OPTION_HELP:
            return PARSED_HELP;
        case ':':
        case '?':
            error_set(err, -EINVAL, EX_USAGE, argv[optind - 1],
                      option == ':' ? "needs a value" : "is not an option of \"run\"");
            error_mend(err, "\"exrun run --help\" lists them");
            return -EINVAL;
        default:
            r = parse_limit(optarg, option - OPTION_LIMIT, &options->limits, err);
            if (r < 0)
                return r;
        }
    }
    options->words = argv + optind;
    return 0;
}

/* What ends a run from outside: a signal to exrun, and with --json the end of whoever reads the answer. */
static int open_cancels(struct watch_ways *ways, bool is_json)
{
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &signals, NULL) < 0)
        return -errno;
    ways->cancels[0] =
        (struct watch_cancel){.fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK), .events = POLLIN};
    /* A pipe without a reader has an error, which poll(2) tells unasked. */
    ways->cancels[1] = (struct watch_cancel){.fd = is_json ? STDOUT_FILENO : -1, .events = 0};
    return ways->cancels[0].fd < 0 ? -errno : 0;
}

/* Plans and runs @job; @ret_result and @plan are filled where it returns 0. */
static int plan_and_run(const struct job *job, const struct profile *profile, const struct options *options,
                        struct watch_ways *ways, struct plan *plan, struct run_result *result,
                        struct error *err)
{
    struct run_house house;
    int r = run_house_open(&house, err);

    if (r == 0)
        r = plan_make(job, profile, &house.machine, options->best_effort, plan, err);
    if (r == 0) {
        r = open_cancels(ways, options->is_json);
        if (r < 0)
            error_set(err, r, EX_OSERR, "", "signals can't be waited for: %s", strerror(-r));
    }
    if (r == 0)
        r = run_plan(&house, plan, ways, result, err);
    if (ways->cancels[0].fd > STDERR_FILENO)
        fd_closep(&ways->cancels[0].fd);
    run_house_close(&house);
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
    if (r == -EFBIG)
        return error_set(err, r, EX_DATAERR, "", "is larger than %zu MiB", most >> 20);
    return error_set(err, r, EX_NOINPUT, path, "can't be read: %s", strerror(-r));
}

/* A request says all: what stands beside it would be silently without effect. */
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
    error_set(err, -EINVAL, EX_USAGE, odd, "does not go with --json");
    error_mend(err, "say it in the request");
    return -EINVAL;
}

static int run_json(const struct options *options, struct error *err)
{
    _cleanup_(job_deinit) struct job job = {0};
    _cleanup_(profile_deinit) struct profile profile = {0};
    _cleanup_(plan_deinit) struct plan plan = {0};
    _cleanup_(run_result_deinit) struct run_result result = {0};
    _cleanup_(strv_freep) char **directories = NULL;
    _cleanup_(freep) char *text = NULL;
    struct watch_ways ways = {.input = -1, .sinks = {-1, -1}, .cancels = {{-1, 0}, {-1, 0}}};
    size_t size = 0;
    int r = check_json_words(options, err);

    if (r == 0)
        r = read_text(*options->words ? *options->words : "-", REQUEST_MOST_BYTES, &text, &size, err);
    if (r == 0)
        r = request_read(text, size, &job, err);
    if (r == 0)
        r = profile_directories(options->profiles, &directories, err);
    if (r == 0)
        r = profile_find(directories, job.profile, &profile, err);
    if (r == 0)
        r = request_check(&job, &profile, err);
    if (r == 0)
        r = plan_and_run(&job, &profile, options, &ways, &plan, &result, err);
    if (r < 0)
        return r;
    r = result_write(&result, &plan, stdout);
    return r < 0 ? error_set(err, r, EX_IOERR, "", "the result can't be written: %s", strerror(-r)) : 0;
}

/* A person's file becomes the job that a request would have been. */
static int job_of_file(const struct options *options, struct job *job, struct error *err)
{
    int r = read_text(*options->words, REQUEST_MOST_BYTES, &job->source.data, &job->source.size, err);

    if (r < 0)
        return r;
    job->asked = options->limits;
    for (char *const *arg = options->words + 1; *arg; arg++)
        if (strv_add(&job->args, *arg) < 0)
            return error_memory(err);
    return 0;
}

/* Where a request would have a member at fault, a person has a flag. */
static void name_flag(struct error *err)
{
    static const char prefix[] = "/limits/";
    int limit = strncmp(err->where, prefix, sizeof(prefix) - 1) == 0
                    ? limits_find_key(err->where + sizeof(prefix) - 1)
                    : -1;

    if (limit < 0)
        return;
    snprintf(err->where, sizeof(err->where), "--%s", limit_rows[limit].word);
    err->status = EX_USAGE;
}

static int exit_status(const struct run_result *result)
{
    int status = verdict_rows[result->verdict].exit;

    if (status >= 0)
        return status;
    return result->run.signal ? 128 + result->run.signal : result->run.exit_code;
}

/* A program that ended by itself has said all; else one quiet line, where a person reads it. */
static void tell_person(const struct run_result *result, const struct plan *plan)
{
    _cleanup_(freep) char *sentence = NULL;

    if (result->has_compiled && result->compile.errors.data)
        fwrite(result->compile.errors.data, 1, result->compile.errors.size, stderr);
    if (result->has_compiled && result->compile.output.data && !result->has_run)
        fwrite(result->compile.output.data, 1, result->compile.output.size, stderr);
    if (result->verdict == VERDICT_OK || result->verdict == VERDICT_FAILED || !isatty(STDERR_FILENO))
        return;
    sentence = sentences_of(result, plan);
    fprintf(stderr, "exrun: %s\n", sentence ? sentence : verdict_rows[result->verdict].word);
}

static int run_file(const struct options *options, int *ret_status, struct error *err)
{
    _cleanup_(job_deinit) struct job job = {0};
    _cleanup_(profile_deinit) struct profile profile = {0};
    _cleanup_(plan_deinit) struct plan plan = {0};
    _cleanup_(run_result_deinit) struct run_result result = {0};
    _cleanup_(strv_freep) char **directories = NULL;
    _cleanup_(fd_closep) int input = -1;
    struct watch_ways ways = {
        .input = STDIN_FILENO, .sinks = {STDOUT_FILENO, STDERR_FILENO}, .cancels = {{-1, 0}, {-1, 0}}};
    int r;

    if (!*options->words) {
        error_set(err, -EINVAL, EX_USAGE, "", "which file is to be run?");
        error_mend(err, "exrun run FILE; \"exrun run --help\" tells more");
        return -EINVAL;
    }
    if (options->input) {
        input = open(options->input, O_RDONLY | O_CLOEXEC);
        if (input < 0)
            return error_set(err, -errno, EX_NOINPUT, options->input, "can't be opened: %s", strerror(errno));
        ways.input = input;
    }
    r = job_of_file(options, &job, err);
    if (r == 0)
        r = profile_directories(options->profiles, &directories, err);
    if (r == 0)
        r = options->profile ? profile_find(directories, options->profile, &profile, err)
                             : profile_find_by_ending(directories, *options->words, &profile, err);
    if (r == 0) {
        r = request_check(&job, &profile, err);
        if (r < 0)
            name_flag(err);
    }
    if (r == 0)
        r = plan_and_run(&job, &profile, options, &ways, &plan, &result, err);
    if (r < 0)
        return r;
    tell_person(&result, &plan);
    *ret_status = exit_status(&result);
    return 0;
}

int cmd_run(int argc, char **argv)
{
    struct options options = {0};
    struct error err = {0};
    int status = EX_OK;
    int r = parse(argc, argv, &options, &err);

    if (r == PARSED_HELP) {
        print_help();
        return EX_OK;
    }
    if (r == 0)
        r = options.is_json ? run_json(&options, &err) : run_file(&options, &status, &err);
    if (r == 0)
        return status;
    if (options.is_json)
        result_write_problem(&err, stdout);
    result_write_sentence(&err, stderr);
    return err.status;
}
