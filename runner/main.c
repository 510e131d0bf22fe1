/* SPDX-License-Identifier: MIT */
/* exrun: runs an untrusted program and reports truthfully how it ended.
 *
 * A request takes this way: request/request.c and language/language_read.c read it, plan/plan.c
 * decides, cell/cell.c and inside/steps.c create a place for it, run/run.c runs it there,
 * cell/reclaim.c leaves nothing behind, answer/result.c reports. library/exrun.c is the whole way.
 * Code with privileges is in sandbox/, and parses no text; code that parses text is in runner/, and
 * has no privileges. Each folder uses those above it:
 *
 *   sandbox/base     used by everything:
 *       cleanup fault fd fd_read growing layer_off pack pause raw scheduling strv timing
 *       utf8
 *   sandbox/plan     decides every number, path and argv of a run:
 *       job job_check limits machine name_check order parked pattern plan profile
 *       profile_pack rlimits settings sources version_text warm
 *   sandbox/policy   decides which system calls a program may make:
 *       common compile shorten generate policy
 *   sandbox/inside   runs between clone and exec, and as PID 1:
 *       steps init filesystem identity landlock policy_load proc proc_files release report root
 *       start_message
 *   sandbox/cell     creates, starts and removes the place for a run:
 *       cell cell_start kept network root_template template_namespace slot lease ids start_send workspace
 *       cgroup cgroup_delegated cgroup_figures cgroup_find cgroup_ops cgroup_tasks cgroup_tree cgroup_v1
 *       cgroup_v2 reclaim
 *   sandbox/userns   cells without root:
 *       userns
 *   sandbox/cache    compiled programs, prepared toolchains, and versions:
 *       compile_cache directory hash prepared toolchain versions
 *   sandbox/run      watches a run to its end, and finds its verdict:
 *       host run watch artifact_open artifacts artifacts_find blocked_call fd_limit feed folder
 *       interact live_input locks locks_held observed output prepare product reading ready
 *       run_listener stage_cell timer verdict version wall_clock
 *   sandbox/warm     what makes an interpreter wait in its cell:
 *       park compiler check check_run compiler_check fingerprint shim shim_calls shim_protocol
 *   sandbox/keeper   one process of the service, which runs one program at a time:
 *       keeper keeper_run keeper_state questions outcome rehearse stream wire
 *   sandbox/warden   starts the processes of the service:
 *       warden calls state keepers front_start front_confine children listener listeners load
 *       reload event_log log_file
 *   sandbox/doctor   checks which limits this machine can enforce:
 *       host_checks
 *   runner/text      words, numbers, JSON and names:
 *       encoding environment error expression json json_bounds json_content json_parse json_place
 *       json_span json_write name_words nearest quantity random_text search_path
 *   runner/language  turns a profile file into a language:
 *       enter error_kinds error_patterns language language_command language_etc language_find
 *       language_members language_read language_warm trust
 *   runner/request   turns a request into a job:
 *       request request_check
 *   runner/answer    puts the outcome into words:
 *       answer explain faults faults_job faults_place faults_warm hidden missed_artifact program_text
 *       result result_figures result_lean result_parts sentences
 *   runner/library   the whole way as one call (libexrun):
 *       exrun exrun_result job_copy pipe_guard
 *   runner/front     the process of the service that speaks HTTP:
 *       front front_load front_listeners front_access front_reload listening connection
 *       connection_head connection_access connection_answer connection_drain connection_part
 *       connection_place connection_reader departures access address routes route_post
 *       route_run route_events route_input route_resource resource_key resource_type resource_url
 *       route_profiles route_page page page_read front_page etag
 *       http_read http_target http_write content front_accept front_cell
 *       front_run front_waiters front_input front_standing front_kept kept_answers run_events
 *       front_stream stream_log event_write restored_events
 *       front_plan front_versions query queue pace front_keepers front_places front_orders front_fault
 *       front_told front_memory front_warm warm_state front_keys front_demand front_variants front_pool
 *       front_status front_switches latency status status_groups status_read status_write top_list switches
 *       pool pool_targets front_metrics front_process metrics metrics_write histogram label_set front_log
 *       log_line log_writer openapi openapi_schemas config config_listen config_log config_settle tokens
 *       resolver worker due
 *   runner/audit     runs hostile programs:
 *       canary probe probe_check probe_find probe_request probe_run report report_junit
 *   runner/command   one file for each command:
 *       run serve serve_check serve_tell serve_token status maintenance clean cache doctor profile audit
 *       ask ask_status audit_server cache_report cancels clean_report command doctor_report host_enter
 *       manager options profile_list profile_probe profiles_here status_report switch
 */
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
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
#include "runner/text/json_parse.h"
#include "runner/text/nearest.h"
#include "sandbox/base/cleanup.h"

static const struct command command_help, command_version;

static const struct command *const commands[] = {
    &command_run,   &command_doctor, &command_audit,       &command_clean, &command_cache,  &command_profile,
    &command_serve, &command_status, &command_maintenance, &command_help,  &command_version};

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
    error_hint(err, "%s%s%slist all commands (exrun help)", nearest.word ? "did you mean \"" : "",
               nearest.word ? nearest.word : "", nearest.word ? "\"? " : "");
    return -EINVAL;
}

static void list_commands(void)
{
    printf("usage: exrun COMMAND [ARGUMENT...]\n\n");
    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
        printf("  %-12s %s\n", commands[i]->name, commands[i]->help);
}

static bool is_help(const char *word)
{
    return word && strcmp(word, "--help") == 0;
}

static int help(const void *options, char *const *words, int *ret_status, struct error *err)
{
    const struct command *command = *words ? command_find(*words) : &command_help;
    int r;

    (void)options;
    (void)ret_status;
    if (!command)
        return fail_unknown(*words, err);
    r = *words ? options_no_words(words + 1 + is_help(words[1]), err) : 0;
    if (r < 0)
        return r;
    if (command->manual)
        options_help(command->manual, stdout);
    else
        list_commands();
    return 0;
}

static const struct command command_help = {.name = "help",
                                            .help = "print the commands, or the help of one",
                                            .is_json = COMMAND_NO_JSON,
                                            .run = help};

static int version(const void *options, char *const *words, int *ret_status, struct error *err)
{
    int r = options_no_words(words + is_help(*words), err);

    (void)options;
    (void)ret_status;
    if (r < 0)
        return r;
    printf("exrun %s%s%s\n", EXRUN_VERSION, EXRUN_FAULTS ? " (with fault points, for tests only)" : "",
           EXRUN_LAYERS_OFF ? " (with layers that can be taken away, for tests only)" : "");
    return 0;
}

static const struct command command_version = {
    .name = "version", .help = "print the version", .is_json = COMMAND_NO_JSON, .run = version};

/* A write to a pipe without a reader fails with an errno, which is handled at the write. If another
 * process sends the signal, it wants exrun to end. */
static void on_pipe(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)context;
    if (info->si_pid != getpid())
        raise(SIGTERM);
}

/* Makes exrun independent of settings inherited from its caller. If stdin, stdout or stderr were
 * closed, the next file to be opened would get its number. So /dev/null takes its place, opened
 * read-only so that writes fail. An ignored SIGCHLD would discard the wait statuses. */
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

/* Returns true if a refusal is printed as JSON. */
static bool wants_json(const struct command *command, const void *options)
{
    bool yes = false;

    if (command->is_json != COMMAND_NO_JSON)
        memcpy(&yes, (const char *)options + command->is_json, sizeof(yes));
    return yes;
}

/* Parses the options. "help" and "version" have none, because all their words are their own; so
 * "help --run" is the help of "run". */
static int parse(const struct command *command, const struct arguments *arguments, void *options,
                 char *const **ret_words, struct error *err)
{
    if (command->manual)
        return options_parse(arguments, command->manual, options, ret_words, err);
    *ret_words = arguments->argv + 1;
    return 0;
}

/* Runs a command and returns its exit status. */
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

/* Reports an answer that could not be written as a failure. An earlier failure has already been
 * reported. */
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
    /* Otherwise glibc raises this threshold to the size of each large block that is freed, and later blocks
     * of that size come from a heap that can't shrink (mallopt(3)). */
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    command = command_find(argv[1]);
    if (!command) {
        fail_unknown(argv[1], &err);
        return result_refuse(&err, false);
    }
    return finish(run(command, &(struct arguments){argc - 1, argv + 1}));
}
