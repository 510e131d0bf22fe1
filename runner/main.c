/* SPDX-License-Identifier: MIT */
/* exrun: runs a stranger's program and tells the truth about it.
 *
 *   language/language_read.c, request.c   text becomes a profile and a job             (runner: no power)
 *   plan/plan.c                       every number and path is decided             (sandbox: no text)
 *   cell/cell.c                       a place for it: cgroup, root, identity, policy
 *   inside/steps.c                    ... step by step, between clone and exec
 *   run/run.c                         it runs: watch, output, artifacts, verdict
 *   cell/reclaim.c                    and nothing is left
 *   answer/result.c                   facts become an answer                       (runner)
 *   library/exrun.c                   the whole walk as one call, for the commands and for other programs
 *   audit/probe_run.c, probe_check.c   hostile programs take it, and are checked
 *
 * The commands themselves are in command/, one a file. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "config.h"
#include "runner/answer/answer.h"
#include "runner/answer/result.h"
#include "runner/command/command.h"
#include "runner/text/json.h"
#include "runner/text/nearest.h"
#include "sandbox/base/cleanup.h"

static const struct command command_help, command_version;

static const struct command *const commands[] = {&command_run,    &command_doctor,  &command_audit,
                                                 &command_clean,  &command_profile, &command_help,
                                                 &command_version};

static const struct command *command_find(const char *name)
{
    if (strncmp(name, "--", 2) == 0)
        name += 2;
    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int fail_unknown(const char *name, struct error *err)
{
    struct nearest nearest;

    nearest_init(&nearest, name);
    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
        nearest_offer(&nearest, commands[i]->name);
    error_set(err, -EINVAL, EX_USAGE, "", "there is no command \"%.100s\"", name);
    error_hint(err, "%s%s%s\"exrun help\" lists those that there are", nearest.word ? "did you mean \"" : "",
               nearest.word ? nearest.word : "", nearest.word ? "\"? " : "");
    return -EINVAL;
}

static void list_commands(void)
{
    printf("usage: exrun COMMAND [ARGUMENT...]\n\n");
    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
        printf("  %-10s %s\n", commands[i]->name, commands[i]->help);
}

static int help(const void *options, char *const *words, int *ret_status, struct error *err)
{
    const struct command *command = *words ? command_find(*words) : &command_help;
    int r;

    (void)options;
    (void)ret_status;
    if (!command)
        return fail_unknown(*words, err);
    r = *words ? options_no_words(words + 1, err) : 0;
    if (r < 0)
        return r;
    if (command->manual)
        options_help(command->manual, stdout);
    else
        list_commands();
    return 0;
}

static const struct command command_help = {.name = "help",
                                            .help = "what exrun can do, or what one command can",
                                            .is_json = COMMAND_NO_JSON,
                                            .run = help};

static int version(const void *options, char *const *words, int *ret_status, struct error *err)
{
    int r = options_no_words(words, err);

    (void)options;
    (void)ret_status;
    if (r < 0)
        return r;
    printf("exrun %s%s%s\n", EXRUN_VERSION, EXRUN_FAULTS ? " (with fault points, for tests only)" : "",
           EXRUN_LAYERS_OFF ? " (with layers that can be taken away, for tests only)" : "");
    return 0;
}

static const struct command command_version = {
    .name = "version", .help = "which exrun this is", .is_json = COMMAND_NO_JSON, .run = version};

/* A write to a pipe without a reader fails with an errno, and is handled where it is done. Who sends the
 * signal on purpose wants us to end. */
static void on_pipe(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)context;
    if (info->si_pid != getpid())
        raise(SIGTERM);
}

/* What a caller left to us must not decide what happens here. A closed stdin, stdout or stderr would be the
 * number of the next file that is opened: /dev/null takes its place, in the direction that nothing can be
 * written to. An ignored SIGCHLD would take the wait statuses. */
static int settle(void)
{
    struct sigaction pipe = {.sa_sigaction = on_pipe, .sa_flags = SA_SIGINFO | SA_RESTART}, before;
    int fd;

    do
        fd = open("/dev/null", O_RDONLY);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd < 0)
        return -errno;
    close(fd);
    signal(SIGCHLD, SIG_DFL);
    if (sigaction(SIGPIPE, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(SIGPIPE, &pipe, NULL);
    signal(SIGXFSZ, SIG_IGN);
    return 0;
}

/* Does a refusal go to a machine? */
static bool wants_json(const struct command *command, const void *options)
{
    bool yes = false;

    if (command->is_json != COMMAND_NO_JSON)
        memcpy(&yes, (const char *)options + command->is_json, sizeof(yes));
    return yes;
}

/* Commands without options take none but --help, which for "help" and "version" says nothing more. */
static int parse(const struct command *command, const struct arguments *arguments, void *options,
                 char *const **ret_words, struct error *err)
{
    static const struct option_row no_rows[] = {{NULL}};
    static const struct manual nothing = {.rows = no_rows};
    int r = options_parse(arguments, command->manual ? command->manual : &nothing, options, ret_words, err);

    return r == OPTIONS_E_HELP && !command->manual ? 0 : r;
}

/* Runs one command to its exit status. */
static int run(const struct command *command, const struct arguments *arguments)
{
    _cleanup_(freep) void *options = calloc(1, command->options_size + 1);
    char *const *words = arguments->argv + arguments->argc;
    struct error err = {0};
    int status = EX_OK;
    int r = options ? parse(command, arguments, options, &words, &err) : error_memory(&err);

    if (r == OPTIONS_E_HELP) {
        options_help(command->manual, stdout);
        return EX_OK;
    }
    if (r == 0)
        r = command->run(options, words, &status, &err);
    return r < 0 ? result_refuse(&err, options && wants_json(command, options)) : status;
}

/* An answer that could not be written is no success; a failure has been told already. */
static int finish(int status)
{
    struct error err = {0};

    if (status != EX_OK || answer_check(answer_end(stdout), &err) == 0)
        return status;
    result_write_sentence(&err, stderr);
    return err.status;
}

int main(int argc, char **argv)
{
    const struct command *command;
    struct error err = {0};
    int r = settle();

    if (r < 0) {
        error_set(&err, r, EX_OSERR, "/dev/null", "can't be opened: %s", strerror(-r));
        return result_refuse(&err, false);
    }
    if (argc < 2) {
        list_commands();
        finish(EX_OK);
        return EX_USAGE;
    }
    json_in_watch_memory();
    command = command_find(argv[1]);
    if (!command) {
        fail_unknown(argv[1], &err);
        return result_refuse(&err, false);
    }
    return finish(run(command, &(struct arguments){argc - 1, argv + 1}));
}
