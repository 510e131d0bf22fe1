/* SPDX-License-Identifier: MIT */
/* The table of faults, and functions for those that need more than a row. */
#include "runner/answer/faults.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "runner/answer/faults_job.h"
#include "runner/answer/faults_place.h"
#include "runner/answer/faults_warm.h"
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
    } lacks[] = {
        [PROGRAM_ABSENT] = {"is not installed", "apt-get install "},
        [PROGRAM_NOT_EXECUTABLE] =
            {"is not executable", "make it executable for all users (chmod a+x), or reinstall the package "},
        [PROGRAM_IRREGULAR] = {"is not a regular file", "name a regular file of the package "},
        [PROGRAM_DIRECTORY] = {"is a directory", "name a file of the package "}};
    const struct language *language = telling->context->language;
    const struct profile *profile = &language->profile;
    const struct profile_stage *stage =
        telling->fault->step == STAGE_COMPILE ? &profile->compile : &profile->run;

    error_set(telling->err, telling->fault->error, EX_UNAVAILABLE, "",
              "the program %s, which the profile %s runs, %s", stage->argv[0], profile->name,
              lacks[telling->fault->index].what);
    error_hint(telling->err, "%s%s", lacks[telling->fault->index].hint, language->package);
}

static void tell_machine(const struct telling *telling)
{
    static const struct {
        enum machine_can can;
        const char *hint;
    } rows[] = {
        {CAN_CELLS, "run Linux 5.14 or newer"},
        {CAN_WALLS,
         "run exrun as root, or ask an administrator to enable user namespaces (see \"exrun doctor\")"},
        {CAN_MEMORY, "mount the memory controller (cgroup v2, or /sys/fs/cgroup/memory)"},
        {CAN_PROCESSES, "mount the pids controller (cgroup v2, or /sys/fs/cgroup/pids)"},
        {CAN_CPU, "mount cgroup v2 or the cpuacct controller (/sys/fs/cgroup/cpuacct)"},
        {CAN_POLICY, "run a kernel with CONFIG_SECCOMP_FILTER"},
    };
    const struct machine_word *word = &machine_needed[telling->fault->index];
    const bool goes_on = telling->context->job && !(word->can & (CAN_WALLS | CAN_CELLS));

    error_set(telling->err, telling->fault->error, EX_UNAVAILABLE, "",
              "\"%s\" can't be enforced on this machine", word->word);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (rows[i].can == word->can)
            error_hint(telling->err, "%s%s", rows[i].hint, goes_on ? ", or run with --best-effort" : "");
}

/* Suggests to request less only if the request can set the limit, because the limits of the compile
 * stage belong to the profile. */
static void tell_rlimit(const struct telling *telling)
{
    const enum rlimits which = (enum rlimits)telling->fault->index;
    const struct machine *machine = &telling->context->host->machine;
    const struct rlimits_row *row = &rlimits_rows[which];
    uint64_t least = rlimits_least(which, &stage_of(telling, telling->fault->step)->limits,
                                   machine->core_dumps_run_handler);
    bool is_hopeless = plan_is_hopeless(which, machine->hard[which]);
    bool may_ask = telling->fault->step == STAGE_RUN && row->limit >= 0 && !is_hopeless;
    char needed[24] = "unlimited";

    if (least != UINT64_MAX)
        snprintf(needed, sizeof(needed), "%" PRIu64, least);
    error_set(telling->err, telling->fault->error, EX_UNAVAILABLE, "",
              "exrun was started with a hard %s of %" PRIu64 " and can't raise it; this run needs %s",
              row->word, machine->hard[which], needed);
    error_hint(
        telling->err, "start exrun with a higher limit (prlimit %s, ulimit -H) or with CAP_SYS_RESOURCE%s%s",
        row->option, may_ask ? ", or request less" : "", is_hopeless ? "" : ", or run with --best-effort");
}

static void tell_call(const struct telling *telling)
{
    const struct profile *profile = &telling->context->language->profile;
    const char *name = profile->calls[telling->fault->index].syscall;

    if (telling->fault->kind == FAULT_POLICY_NEEDED_CALL)
        error_set(telling->err, -EINVAL, EX_CONFIG, profile->name,
                  "the policy forbids \"%s\", without which no program starts", name);
    else if (telling->fault->kind == FAULT_POLICY_UNKNOWN_CALL)
        error_set(telling->err, -EINVAL, EX_CONFIG, profile->name,
                  "the policy names \"%s\", which is not a system call", name);
    else
        error_set(telling->err, telling->fault->error, EX_SOFTWARE, name,
                  "can't add a rule for this system call: %s", strerror(-telling->fault->error));
}

static void tell_tool(const struct telling *telling)
{
    const char *tool = userns_tool(telling->fault->index);

    error_set(telling->err, -ENOEXEC, EX_UNAVAILABLE, "",
              "%s does not map any IDs, although its counterpart does", tool);
    error_hint(telling->err,
               "%s must be set-user-ID root, or have its capability: reinstall the package uidmap, or have "
               "your lines taken out of /etc/subuid and /etc/subgid",
               tool);
}

static void tell_group(const struct telling *telling)
{
    const struct lease lease = {.fd = -1, .slot = telling->fault->index};
    const int error = telling->fault->error;
    char name[32];

    lease_cgroup_name(&lease, name);
    if (telling->fault->kind == FAULT_GROUP) {
        error_set(telling->err, error, EX_OSERR, name, "can't create the cgroup: %s", strerror(-error));
        return;
    }
    error_set(telling->err, error, EX_TEMPFAIL, name,
              "is in use by another exrun, which keeps its slots elsewhere");
    error_hint(telling->err,
               "try again, or set EXRUN_CGROUP to a different parent group for each of the two");
}

/* The program exists, but can't be executed in the cell. Only execve(2) can find the reason. */
static void tell_exec(const struct telling *telling)
{
    const struct plan_stage *stage = stage_of(telling, telling->fault->index);
    const int error = telling->fault->error;

    error_set(telling->err, error, EX_UNAVAILABLE, "",
              "can't execute the program %s in the cell (step \"exec\"): %s",
              stage ? stage->program : "of the profile", strerror(-error));
    if (error == -EACCES)
        error_hint(telling->err, "make it executable for all users (chmod a+x)");
    if (error == -ENOENT)
        error_hint(telling->err,
                   "add the program, its interpreter and its libraries to the profile's \"mounts\"");
}

static void tell_step(const struct telling *telling)
{
    const unsigned int step = telling->fault->step;

    error_set(telling->err, telling->fault->error, EX_OSERR, "",
              "can't create the cell: step \"%s\" failed: %s", step < N_STEPS ? inside_steps[step].name : "?",
              strerror(-telling->fault->error));
}

static void tell_report(const struct telling *telling)
{
    error_set(telling->err, telling->fault->error, EX_SOFTWARE, "", "the cell reported event %u too early",
              telling->fault->index);
}

static void tell_time(const struct telling *telling)
{
    bool starts = telling->fault->kind == FAULT_TIME_START;

    error_set(telling->err, telling->fault->error, EX_TEMPFAIL, "", "can't %s within %u s",
              starts ? "start the program" : "create the cell", telling->fault->index);
    error_hint(telling->err, "try again when the machine is less busy");
}

static void tell_slots(const struct telling *telling)
{
    error_set(telling->err, telling->fault->error, EX_TEMPFAIL, "", "all %d cells on this machine are in use",
              LEASE_N_SLOTS);
}

static void tell_sink(const struct telling *telling)
{
    error_set(telling->err, telling->fault->error, EX_IOERR,
              telling->fault->index == 0 ? "standard output" : "standard error",
              "can't write the program's output: %s", strerror(-telling->fault->error));
}

static void tell_fetch(const struct telling *telling)
{
    error_set(telling->err, telling->fault->error, EX_OSERR,
              telling->fault->step == STAGE_COMPILE ? telling->context->language->profile.produces
                                                    : "/artifacts",
              "can't be fetched from the cell: %s", strerror(-telling->fault->error));
}

#define IN_FLIGHT \
    "this user's processes, possibly a program in another cell, have too many descriptors in flight"
#define IN_FLIGHT_HINT                                                                              \
    "try again, raise the hard limit on open files (ulimit -Hn), or give cells their own user IDs " \
    "(see id-range in \"exrun doctor\")"
#define TOO_MANY_HINT "try again, or raise the hard limit on processes (ulimit -Hu)"

/* The first row that matches is used. @step: -1 for any; @error: 0 for any. If @what ends in ": ",
 * the error's own words follow. */
static const struct row {
    enum fault_kind kind;
    int step, error, status;
    void (*tell)(const struct telling *telling); /* called instead of the rest */
    const char *where, *what, *hint;
} rows[] = {
    {FAULT_PROGRAM, -1, 0, .tell = tell_program},
    {FAULT_MACHINE, -1, 0, .tell = tell_machine},
    {FAULT_RLIMIT, -1, 0, .tell = tell_rlimit},
    {FAULT_POLICY, -1, 0, EX_SOFTWARE, NULL, "", "can't compile the policy: ", NULL},
    {FAULT_POLICY_NEEDED_CALL, -1, 0, .tell = tell_call},
    {FAULT_POLICY_UNKNOWN_CALL, -1, 0, .tell = tell_call},
    {FAULT_POLICY_CALL, -1, 0, .tell = tell_call},
    {FAULT_CGROUPS, -1, 0, EX_OSERR, NULL, "", "can't inspect the cgroups: ", NULL},
    {FAULT_USERNS, -1, 0, EX_UNAVAILABLE, NULL, "", "can't create a user namespace: ",
     "ask an administrator to enable user namespaces (see \"exrun doctor\")"},
    {FAULT_USERNS_THREADS, -1, 0, EX_UNAVAILABLE, NULL, "",
     "a process with threads can't enter a user namespace",
     "start the first run before the first thread, or start runs in a separate process (exrun run --json)"},
    {FAULT_USERNS_TOOL, -1, 0, .tell = tell_tool},
    {FAULT_SLOTS, -1, 0, .tell = tell_slots},
    {FAULT_LEASE, -1, 0, .tell = fault_tell_lease},
    {FAULT_WORKSPACE, -1, 0, EX_OSERR, NULL, "", "can't create the workspace: ", NULL},
    {FAULT_WORKSPACE_SIZE, -1, 0, EX_OSERR, NULL, "", "can't set the size of the workspace: ", NULL},
    /* clone(2), EAGAIN: RLIMIT_NPROC, or the pids limit of exrun's own cgroup. */
    {FAULT_CLONE, -1, -EAGAIN, EX_TEMPFAIL, NULL, "",
     "can't start a process for the cell: RLIMIT_NPROC or exrun's own cgroup allows no more processes",
     TOO_MANY_HINT},
    {FAULT_CLONE, -1, 0, EX_OSERR, NULL, "", "can't start a process for the cell: ", NULL},
    {FAULT_GROUP, -1, 0, .tell = tell_group},
    {FAULT_GROUP_TAKEN, -1, 0, .tell = tell_group},
    {FAULT_LIMIT_USED, -1, 0, EX_DATAERR, NULL, "/limits/memory_bytes", "is too small for any cell", NULL},
    {FAULT_HAND_OVER, -1, -ETOOMANYREFS, EX_TEMPFAIL, NULL, "", IN_FLIGHT, IN_FLIGHT_HINT},
    /* The message is a file while it is written. */
    {FAULT_HAND_OVER, -1, -EFBIG, EX_OSERR, NULL, "", "can't send the run to its cell: ",
     "start exrun with a higher limit on file sizes (ulimit -f, prlimit --fsize)"},
    {FAULT_HAND_OVER, -1, 0, EX_OSERR, NULL, "", "can't send the run to its cell: ", NULL},
    {FAULT_STEP, -1, -ETOOMANYREFS, EX_TEMPFAIL, NULL, "", IN_FLIGHT, IN_FLIGHT_HINT},
    /* Only this step depends on the visitor's request. */
    {FAULT_STEP, STEP_FILES, -ENOSPC, EX_DATAERR, NULL, "/limits/disk_bytes",
     "is too small for this run's files", NULL},
    {FAULT_STEP, STEP_FILES, -ENOMEM, EX_DATAERR, NULL, "/limits/memory_bytes",
     "is too small for this run's files", NULL},
    /* cgroups(7): moving a process needs write access to the nearest common ancestor of both groups. */
    {FAULT_STEP, STEP_CGROUP, -EACCES, EX_UNAVAILABLE, NULL, "",
     "no permission to move a process from exrun's own cgroup to the cell's",
     "start exrun inside the cgroup that is delegated to you (systemd: Delegate=yes)"},
    /* execve(2), EAGAIN: RLIMIT_NPROC, which counts all processes of the cell's user. */
    {FAULT_STEP, STEP_EXEC, -EAGAIN, EX_TEMPFAIL, NULL, "",
     "the cell's user has more processes than RLIMIT_NPROC allows", TOO_MANY_HINT},
    {FAULT_STEP, STEP_EXEC, -EACCES, .tell = tell_exec},
    {FAULT_STEP, STEP_EXEC, -ENOENT, .tell = tell_exec},
    {FAULT_STEP, STEP_EXEC, -ENOEXEC, .tell = tell_exec},
    {FAULT_STEP, -1, 0, .tell = tell_step},
    {FAULT_DIED, -1, -EPIPE, EX_TEMPFAIL, NULL, "", "the cell was killed before the program began",
     "try again"},
    {FAULT_KILLED, -1, 0, EX_TEMPFAIL, NULL, "", "a process of the cell was killed before the program began",
     "try again"},
    {FAULT_USED, -1, 0, EX_SOFTWARE, NULL, "", "the cell has already been started", NULL},
    {FAULT_DIED, -1, 0, EX_OSERR, NULL, "", "the cell died before its program started: ", NULL},
    {FAULT_REPORT, -1, 0, .tell = tell_report},
    {FAULT_TIME_MAKING, -1, 0, .tell = tell_time},
    {FAULT_TIME_START, -1, 0, .tell = tell_time},
    {FAULT_PRELOAD, -1, 0, EX_OSERR, NULL, "", "an interpreter can't be started ahead: ", NULL},
    {FAULT_SHIM, -1, 0, EX_CONFIG, NULL, "", "the interpreter did not load exrun's park.so",
     "let the profile's \"mounts\" have its folder; a program that is linked statically, or with musl, can't "
     "load it"},
    {FAULT_POINT, -1, 0, .tell = fault_tell_point},
    {FAULT_PARKED, -1, -EBUSY, EX_CONFIG, NULL, "",
     "the interpreter has more threads or open files than it may have while it waits", NULL},
    {FAULT_PARKED, -1, 0, EX_CONFIG, NULL, "", "a run can't use an interpreter that was started ahead", NULL},
    {FAULT_PARKED_GONE, -1, 0, .tell = fault_tell_gone},
    {FAULT_CHECK, -1, 0, EX_TEMPFAIL, NULL, "", "the check program could not be run: ", NULL},
    {FAULT_UNEQUAL, -1, 0, .tell = fault_tell_unequal},
    {FAULT_WATCH, -1, 0, EX_OSERR, NULL, "", "can't watch the run: ", NULL},
    {FAULT_SINK, -1, 0, .tell = tell_sink},
    {FAULT_FETCH, -1, 0, .tell = tell_fetch},
    {FAULT_ORDER, -1, 0, EX_SOFTWARE, NULL, "",
     "the run was handed over in a form that is not valid: ", NULL},
    {FAULT_SERVICE, -1, 0, EX_OSERR, NULL, "", "the service's processes can't be prepared: ", NULL},
    {FAULT_LISTENER, -1, 0, .tell = fault_tell_listener},
    {FAULT_PROFILES, -1, 0, EX_CONFIG, NULL, "", "the profiles can't be loaded: ", NULL},
};

static const struct row *find_row(const struct fault *fault)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (rows[i].kind == fault->kind && (rows[i].step < 0 || rows[i].step == fault->step) &&
            (rows[i].error == 0 || rows[i].error == fault->error))
            return &rows[i];
    return NULL;
}

/* Describes the fault, as far as its kind and number say. */
static int tell(const struct fault *fault, const struct fault_context *context, struct error *err)
{
    const struct row *row = find_row(fault);
    const struct telling telling = {fault, context, err};
    bool goes_on;

    if (!row && fault_tell_job(&telling))
        return fault->error;
    if (!row) /* only FAULT_MEMORY */
        return error_memory(err);
    if (row->tell) {
        row->tell(&telling);
        return fault->error;
    }
    goes_on = row->what[strlen(row->what) - 1] == ' ';
    error_set(err, fault->error, row->status, row->where, "%s%s", row->what,
              goes_on ? strerror(-fault->error) : "");
    if (row->hint)
        error_hint(err, "%s", row->hint);
    return fault->error;
}

/* Explains why cells can't be isolated if permission is missing. The process that tried to enter a user
 * namespace knows the reason better than the machine's check. */
static void explain_walls(const struct fault_context *context, struct error *err)
{
    const struct fault *userns = &context->host->userns;
    struct error why = {0};

    if (userns->kind != FAULT_NONE) {
        tell(userns, context, &why);
        error_set(err, -EOPNOTSUPP, EX_UNAVAILABLE, "", "\"walls\" can't be enforced: %s", why.what);
        error_hint(err, "%s", why.hint);
    } else if (context->can_ask_for_userns && geteuid() != 0) {
        error_hint(err, "run as root, or call exrun_enter_user_namespace() while the process has only one "
                        "thread");
    }
}

/* Adds what is known of this host to a fault of the machine. */
static void explain_machine(const struct fault_context *context, struct error *err)
{
    if (context->host && context->host->tree.busy)
        error_hint(err,
                   "%.140s contains processes, so it can't delegate controllers to cells: start them in a "
                   "group below it (systemd: DelegateSubgroup=)",
                   context->host->tree.busy);
    if (context->host && context->plan && context->plan->unenforced & CAN_WALLS)
        explain_walls(context, err);
}

int fault_tell(const struct fault *fault, const struct fault_context *context, struct error *err)
{
    struct error nobody;
    int r = tell(fault, context, err ? err : &nobody);

    if (fault->kind == FAULT_MACHINE)
        explain_machine(context, err ? err : &nobody);
    return r;
}
