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
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "config.h"
#include "runner/answer/answer.h"
#include "runner/answer/result.h"
#include "runner/command/cmd_audit.h"
#include "runner/command/cmd_clean.h"
#include "runner/command/cmd_doctor.h"
#include "runner/command/cmd_profile.h"
#include "runner/command/cmd_run.h"
#include "runner/command/options.h"
#include "runner/text/json.h"
#include "runner/text/nearest.h"

/* One command: its word, one line of help, and what does it. It returns the exit status. */
struct command {
    const char *name;
    const char *help;
    int (*main)(int argc, char **argv);
};

static int help_main(int argc, char **argv);
static int version_main(int argc, char **argv);

static const struct command commands[] = {
    {"run", "run one program in a cell", cmd_run},
    {"doctor", "what this machine can enforce, and what to do where it can't", cmd_doctor},
    {"audit", "run hostile programs in cells, and tell whether each was held", cmd_audit},
    {"clean", "remove what dead runs left", cmd_clean},
    {"profile", "which languages there are, and whether a profile is right", cmd_profile},
    {"help", "what exrun can do, or what one command can", help_main},
    {"version", "which exrun this is", version_main},
};

static const struct command *command_find(const char *name)
{
    if (strncmp(name, "--", 2) == 0)
        name += 2;
    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static int unknown_command(const char *name)
{
    struct nearest nearest;
    struct error err;

    nearest_init(&nearest, name);
    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
        nearest_offer(&nearest, commands[i].name);
    error_set(&err, -EINVAL, EX_USAGE, "", "there is no command \"%.100s\"", name);
    error_hint(&err, "%s%s%s\"exrun help\" lists those that there are", nearest.word ? "did you mean \"" : "",
               nearest.word ? nearest.word : "", nearest.word ? "\"? " : "");
    return result_refuse(&err, false);
}

/* For what has no options but the one that all have. */
static int refuse_words(char *const *words)
{
    struct error err;

    if (*words && strcmp(*words, "--help") == 0)
        words++;
    return options_no_words(words, &err) < 0 ? result_refuse(&err, false) : EX_OK;
}

static int help_main(int argc, char **argv)
{
    const struct command *command;

    if (argc > 1) {
        char *arguments[] = {argv[1], (char[]){"--help"}, NULL};
        int status;

        command = command_find(argv[1]);
        if (!command)
            return unknown_command(argv[1]);
        status = refuse_words(argv + 2);
        if (status != EX_OK)
            return status;
        if (command->main != help_main && command->main != version_main)
            return command->main(2, arguments);
    }
    printf("usage: exrun COMMAND [ARGUMENT...]\n\n");
    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
        printf("  %-10s %s\n", commands[i].name, commands[i].help);
    return EX_OK;
}

static int version_main(int argc, char **argv)
{
    int status = refuse_words(argv + 1);

    (void)argc;
    if (status != EX_OK)
        return status;
    printf("exrun %s%s%s\n", EXRUN_VERSION, EXRUN_FAULTS ? " (with fault points, for tests only)" : "",
           EXRUN_LAYERS_OFF ? " (with layers that can be taken away, for tests only)" : "");
    return EX_OK;
}

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
    int status;

    status = settle();
    if (status < 0) {
        error_set(&err, status, EX_OSERR, "/dev/null", "can't be opened: %s", strerror(-status));
        result_write_sentence(&err, stderr);
        return err.status;
    }
    if (argc < 2) {
        help_main(0, NULL);
        finish(EX_OK);
        return EX_USAGE;
    }
    command = command_find(argv[1]);
    if (!command)
        return unknown_command(argv[1]);
    json_in_watch_memory();
    status = command->main(argc - 1, argv + 1);
    return finish(status);
}
