/* SPDX-License-Identifier: MIT */
/* The table of faults, and those that need more than a table says. */
#include "runner/answer/faults.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "runner/answer/faults_job.h"
#include "runner/text/json.h"
#include "sandbox/cell/lease.h"
#include "sandbox/inside/steps.h"
#include "sandbox/userns/userns.h"

static const struct plan_stage *stage_of(const struct telling *telling, unsigned int stage)
{
    const struct plan *plan = telling->context->plan;

    if (!plan || stage == STAGE_NONE)
        return NULL;
    return stage == STAGE_COMPILE ? &plan->compile : &plan->run;
}

static void tell_program(const struct telling *telling)
{
    static const struct {
        const char *what, *hint;
    } lacks[] = {[PROGRAM_ABSENT] = {"is not installed", "apt-get install "},
                 [PROGRAM_NOT_EXECUTABLE] = {"is not executable", "chmod a+x the file of package "},
                 [PROGRAM_IRREGULAR] = {"is not a regular file", "name one of package "},
                 [PROGRAM_DIRECTORY] = {"is a directory", "name a file of package "}};
    const struct profile *profile = telling->context->profile;
    const struct profile_stage *stage =
        telling->fault->step == STAGE_COMPILE ? &profile->compile : &profile->run;

    error_set(telling->err, telling->fault->error, EX_UNAVAILABLE, "",
              "the program %s, which the profile %s runs, %s", stage->argv[0], profile->name,
              lacks[telling->fault->index].what);
    error_hint(telling->err, "%s%s", lacks[telling->fault->index].hint, profile->package);
}

static void tell_machine(const struct telling *telling)
{
    static const struct {
        enum machine_can can;
        const char *hint;
    } rows[] = {
        {CAN_CELLS, "run Linux 5.14 or newer"},
        {CAN_WALLS,
         "run exrun as root, or have an administrator open user namespaces: \"exrun doctor\" tells how"},
        {CAN_MEMORY, "mount the memory controller: cgroup v2, or /sys/fs/cgroup/memory"},
        {CAN_PROCESSES, "mount the pids controller: cgroup v2, or /sys/fs/cgroup/pids"},
        {CAN_CPU, "mount cgroup v2, or the cpuacct controller on /sys/fs/cgroup/cpuacct"},
        {CAN_POLICY, "run a kernel with CONFIG_SECCOMP_FILTER"},
    };
    const struct machine_word *word = &machine_needed[telling->fault->index];

    error_set(telling->err, telling->fault->error, EX_UNAVAILABLE, "",
              "\"%s\" can't be enforced on this machine", word->word);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (rows[i].can == word->can)
            error_hint(telling->err, "%s%s", rows[i].hint,
                       word->can & (CAN_WALLS | CAN_CELLS) ? "" : "; or run with --best-effort");
}

/* A request can have less of what a limit stands behind; the compiler's share is the profile's. */
static void tell_rlimit(const struct telling *telling)
{
    const enum rlimits which = (enum rlimits)telling->fault->index;
    const struct machine *machine = telling->context->machine;
    const struct rlimits_row *row = &rlimits_rows[which];
    uint64_t least = rlimits_least(which, &stage_of(telling, telling->fault->step)->limits,
                                   machine->core_dumps_run_handler);
    bool is_hopeless = plan_is_hopeless(which, machine->hard[which]);
    bool may_ask = telling->fault->step == STAGE_RUN && row->limit >= 0 && !is_hopeless;
    char needed[24] = "none";

    if (least != UINT64_MAX)
        snprintf(needed, sizeof(needed), "%" PRIu64, least);
    error_set(telling->err, telling->fault->error, EX_UNAVAILABLE, "",
              "exrun was started with a hard %s of %" PRIu64 " and may not raise it; this run needs %s",
              row->word, machine->hard[which], needed);
    error_hint(telling->err, "start exrun without it (prlimit %s, ulimit -H), or with CAP_SYS_RESOURCE%s%s",
               row->option, may_ask ? "; or ask for less" : "",
               is_hopeless ? "" : "; or run with --best-effort");
}

static void tell_call(const struct telling *telling)
{
    const struct profile *profile = telling->context->profile;
    const char *name = profile->calls[telling->fault->index].syscall;

    if (telling->fault->kind == FAULT_POLICY_NEEDED_CALL)
        error_set(telling->err, -EINVAL, EX_CONFIG, profile->name,
                  "the policy forbids \"%s\", without which no program starts", name);
    else if (telling->fault->kind == FAULT_POLICY_UNKNOWN_CALL)
        error_set(telling->err, -EINVAL, EX_CONFIG, profile->name,
                  "the policy names \"%s\", which is no system call", name);
    else
        error_set(telling->err, telling->fault->error, EX_SOFTWARE, name, "can't be made a rule: %s",
                  strerror(-telling->fault->error));
}

static void tell_tool(const struct telling *telling)
{
    const char *tool = userns_tool(telling->fault->index);

    error_set(telling->err, -ENOEXEC, EX_UNAVAILABLE, "", "%s maps no ids, and its sister does", tool);
    error_hint(telling->err, USERNS_TOOL_HINT, tool);
}

static void tell_lease(const struct telling *telling)
{
    static const struct {
        int error, status;
        const char *hint;
        bool is_users; /* a later row says it better to who is not root, and has a choice of the place */
    } rows[] = {
        {-EROFS, EX_UNAVAILABLE, "it lies on a read-only file system; mount a tmpfs there", false},
        {-ENOSPC, EX_TEMPFAIL, "the file system is full", false},
        {-EDQUOT, EX_TEMPFAIL, "a quota is used up", false},
        {-ENOMEM, EX_TEMPFAIL, "memory is short", false},
        {-EPERM, EX_NOPERM,
         "it must be ours, and nobody else may write to it: remove it, and it is made anew", false},
        {-EPERM, EX_NOPERM, "it must be yours alone: remove it, or name a place of yours in XDG_RUNTIME_DIR",
         true},
        {-EACCES, EX_NOPERM, "a security module forbids it, or root lacks a capability", false},
        {-EACCES, EX_NOPERM, "XDG_RUNTIME_DIR is another's: unset it, or name a directory of yours", true},
        {-ENOENT, EX_CONFIG, "what XDG_RUNTIME_DIR names is gone: unset it, or name a directory of yours",
         true},
        {-ENOTDIR, EX_CONFIG, "it, and slots in it, must be directories: remove what is there", false},
        {-ELOOP, EX_CONFIG, "it, and slots in it, must be directories: remove what is there", false},
    };
    const int error = telling->fault->error;
    const char *hint = NULL;
    int status = EX_OSERR;

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (rows[i].error == error && (!rows[i].is_users || geteuid() != 0)) {
            status = rows[i].status;
            hint = rows[i].hint;
        }
    error_set(telling->err, error, status, telling->context->settings->runtime,
              "can't be used for leases: %s", strerror(-error));
    if (hint)
        error_hint(telling->err, "%s", hint);
}

static void tell_group(const struct telling *telling)
{
    const struct lease lease = {.fd = -1, .slot = telling->fault->index};
    const int error = telling->fault->error;
    char name[32];

    lease_cgroup_name(&lease, name);
    if (telling->fault->kind == FAULT_GROUP) {
        error_set(telling->err, error, EX_OSERR, name, "the cgroup can't be made: %s", strerror(-error));
        return;
    }
    error_set(telling->err, error, EX_TEMPFAIL, name, "was taken by an exrun that has its slots elsewhere");
    error_hint(telling->err, "try again; give each of the two a parent group of its own with EXRUN_CGROUP");
}

/* The program is there, and is none to the cell: what may be amiss with it only execve(2) finds. */
static void tell_exec(const struct telling *telling)
{
    const struct plan_stage *stage = stage_of(telling, telling->fault->index);
    const int error = telling->fault->error;

    error_set(telling->err, error, EX_UNAVAILABLE, "",
              "the program %s can't be executed in the cell (step \"exec\"): %s",
              stage ? stage->program : "of the profile", strerror(-error));
    if (error == -EACCES)
        error_hint(telling->err, "let all users execute it");
    if (error == -ENOENT)
        error_hint(telling->err, "what it is and needs must lie within the mounts of its profile");
}

static void tell_step(const struct telling *telling)
{
    const unsigned int step = telling->fault->step;

    error_set(telling->err, telling->fault->error, EX_OSERR, "",
              "the cell could not be made: step \"%s\" failed: %s",
              step < N_STEPS ? inside_steps[step].name : "?", strerror(-telling->fault->error));
}

static void tell_report(const struct telling *telling)
{
    error_set(telling->err, telling->fault->error, EX_SOFTWARE, "", "the cell reported %u too early",
              telling->fault->index);
}

static void tell_time(const struct telling *telling)
{
    bool starts = telling->fault->kind == FAULT_TIME_START;

    error_set(telling->err, telling->fault->error, EX_TEMPFAIL, "", "the %s could not be %s within %u s",
              starts ? "program" : "cell", starts ? "started" : "made", telling->fault->index);
    error_hint(telling->err, "try again when the machine has less to do");
}

static void tell_slots(const struct telling *telling)
{
    error_set(telling->err, telling->fault->error, EX_TEMPFAIL, "", "all %d cells of this machine are in use",
              LEASE_N_SLOTS);
}

static void tell_sink(const struct telling *telling)
{
    error_set(telling->err, telling->fault->error, EX_IOERR,
              telling->fault->index == 0 ? "standard output" : "standard error",
              "what the program printed can't be written: %s", strerror(-telling->fault->error));
}

static void tell_fetch(const struct telling *telling)
{
    error_set(telling->err, telling->fault->error, EX_OSERR,
              telling->fault->step == STAGE_COMPILE ? telling->context->profile->produces : "/artifacts",
              "can't be brought back: %s", strerror(-telling->fault->error));
}

#define IN_FLIGHT \
    "a process of this user, perhaps a program in another cell, holds too many descriptors in messages"
#define IN_FLIGHT_HINT                                                                        \
    "try again; raise the hard limit on open files: ulimit -Hn; give cells ids of their own " \
    "(\"exrun doctor\": id-range)"
#define TOO_MANY_HINT "try again; raise the hard limit on processes: ulimit -Hu"

/* The first row that matches is told. @step: -1 for any; @error: 0 for any. @what is followed by the error's
 * own words if it ends in ": ". */
static const struct row {
    enum fault_kind kind;
    int step, error;
    void (*tell)(const struct telling *telling); /* instead of what follows */
    int status;
    const char *where, *what, *hint;
} rows[] = {
    {FAULT_PROGRAM, -1, 0, .tell = tell_program},
    {FAULT_MACHINE, -1, 0, .tell = tell_machine},
    {FAULT_RLIMIT, -1, 0, .tell = tell_rlimit},
    {FAULT_POLICY, -1, 0, NULL, EX_SOFTWARE, "", "the policy can't be compiled: ", NULL},
    {FAULT_POLICY_NEEDED_CALL, -1, 0, .tell = tell_call},
    {FAULT_POLICY_UNKNOWN_CALL, -1, 0, .tell = tell_call},
    {FAULT_POLICY_CALL, -1, 0, .tell = tell_call},
    {FAULT_CGROUPS, -1, 0, NULL, EX_OSERR, "", "cgroups can't be looked at: ", NULL},
    {FAULT_USERNS, -1, 0, NULL, EX_UNAVAILABLE, "",
     "a user namespace can't be made: ", "\"exrun doctor\" tells what an administrator can do about it"},
    {FAULT_USERNS_THREADS, -1, 0, NULL, EX_UNAVAILABLE, "",
     "a process with threads can't enter a user namespace",
     "make its first run before its first thread, or leave runs to a process of their own: exrun run --json"},
    {FAULT_USERNS_TOOL, -1, 0, .tell = tell_tool},
    {FAULT_SLOTS, -1, 0, .tell = tell_slots},
    {FAULT_LEASE, -1, 0, .tell = tell_lease},
    {FAULT_WORKSPACE, -1, 0, NULL, EX_OSERR, "", "the workspace can't be made: ", NULL},
    {FAULT_WORKSPACE_SIZE, -1, 0, NULL, EX_OSERR, "", "the workspace's size can't be set: ", NULL},
    /* clone(2), EAGAIN: RLIMIT_NPROC, or the pids limit of the group that exrun itself is in. */
    {FAULT_CLONE, -1, -EAGAIN, NULL, EX_TEMPFAIL, "",
     "the cell can't be cloned: RLIMIT_NPROC or exrun's own cgroup allows no more processes", TOO_MANY_HINT},
    {FAULT_CLONE, -1, 0, NULL, EX_OSERR, "", "the cell can't be cloned: ", NULL},
    {FAULT_GROUP, -1, 0, .tell = tell_group},
    {FAULT_GROUP_TAKEN, -1, 0, .tell = tell_group},
    {FAULT_LIMIT_USED, -1, 0, NULL, EX_DATAERR, "/limits/memory_bytes", "is too small for any cell", NULL},
    {FAULT_HAND_OVER, -1, -ETOOMANYREFS, NULL, EX_TEMPFAIL, "", IN_FLIGHT, IN_FLIGHT_HINT},
    /* It is a file while it is written. */
    {FAULT_HAND_OVER, -1, -EFBIG, NULL, EX_OSERR, "", "the run can't be handed to its cell: ",
     "start exrun with a higher limit of file sizes: ulimit -f, prlimit --fsize"},
    {FAULT_HAND_OVER, -1, 0, NULL, EX_OSERR, "", "the run can't be handed to its cell: ", NULL},
    {FAULT_STEP, -1, -ETOOMANYREFS, NULL, EX_TEMPFAIL, "", IN_FLIGHT, IN_FLIGHT_HINT},
    /* The one step that depends on what a visitor sent. */
    {FAULT_STEP, STEP_FILES, -ENOSPC, NULL, EX_DATAERR, "/limits/disk_bytes",
     "is too small for the files of this run", NULL},
    {FAULT_STEP, STEP_FILES, -ENOMEM, NULL, EX_DATAERR, "/limits/memory_bytes",
     "is too small for the files of this run", NULL},
    /* cgroups(7): who moves a process must be able to write to the nearest group above both places. */
    {FAULT_STEP, STEP_CGROUP, -EACCES, NULL, EX_UNAVAILABLE, "",
     "the cell's cgroup can't be entered from exrun's own",
     "start exrun within the group that was handed over to you (systemd: Delegate=yes)"},
    /* execve(2), EAGAIN: RLIMIT_NPROC, for all processes of the cell's user, whoever else they are. */
    {FAULT_STEP, STEP_EXEC, -EAGAIN, NULL, EX_TEMPFAIL, "",
     "the user of the cell has more processes than RLIMIT_NPROC", TOO_MANY_HINT},
    {FAULT_STEP, STEP_EXEC, -EACCES, .tell = tell_exec},
    {FAULT_STEP, STEP_EXEC, -ENOENT, .tell = tell_exec},
    {FAULT_STEP, STEP_EXEC, -ENOEXEC, .tell = tell_exec},
    {FAULT_STEP, -1, 0, .tell = tell_step},
    {FAULT_DIED, -1, -EPIPE, NULL, EX_TEMPFAIL, "", "the cell was killed before the program began",
     "try again"},
    {FAULT_KILLED, -1, 0, NULL, EX_TEMPFAIL, "", "a process of the cell was killed before the program began",
     "try again"},
    {FAULT_USED, -1, 0, NULL, EX_SOFTWARE, "", "the cell was started before", NULL},
    {FAULT_DIED, -1, 0, NULL, EX_OSERR, "", "the cell died while it was made: ", NULL},
    {FAULT_REPORT, -1, 0, .tell = tell_report},
    {FAULT_TIME_MAKING, -1, 0, .tell = tell_time},
    {FAULT_TIME_START, -1, 0, .tell = tell_time},
    {FAULT_WATCH, -1, 0, NULL, EX_OSERR, "", "the run can't be watched: ", NULL},
    {FAULT_SINK, -1, 0, .tell = tell_sink},
    {FAULT_FETCH, -1, 0, .tell = tell_fetch},
};

static const struct row *find_row(const struct fault *fault)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (rows[i].kind == fault->kind && (rows[i].step < 0 || rows[i].step == fault->step) &&
            (rows[i].error == 0 || rows[i].error == fault->error))
            return &rows[i];
    return NULL;
}

int fault_tell(const struct fault *fault, const struct fault_context *context, struct error *err)
{
    const struct row *row = find_row(fault);
    struct error nobody;
    const struct telling telling = {fault, context, err ? err : &nobody};
    bool goes_on;

    if (!row && fault_tell_job(&telling))
        return fault->error;
    if (!row) /* FAULT_MEMORY, and nothing else */
        return error_memory(err);
    if (row->tell) {
        row->tell(&telling);
        return fault->error;
    }
    goes_on = row->what[strlen(row->what) - 1] == ' ';
    error_set(telling.err, fault->error, row->status, row->where, "%s%s", row->what,
              goes_on ? strerror(-fault->error) : "");
    if (row->hint)
        error_hint(telling.err, "%s", row->hint);
    return fault->error;
}
