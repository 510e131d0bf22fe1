/* SPDX-License-Identifier: MIT */
/* Starts the interpreter of a language ahead. */
#include "sandbox/warm/park.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/cell/cell_start.h"
#include "sandbox/cell/cgroup_figures.h"
#include "sandbox/cell/ids.h"
#include "sandbox/warm/fingerprint.h"
#include "sandbox/warm/shim_protocol.h"

#define PRELOAD "etc/ld.so.preload" /* ld.so(8): its objects are loaded into every program */
#define LOADED_MS 2000
#define BUSY_US 50000 /* an interpreter that waits needs no CPU time */
#define NICER_BY 5    /* while it starts, so that it delays no run */

/* A cell whose interpreter is being started. */
struct parking {
    struct ready *ready;
    const struct host *host;
    const struct profile *profile;
    const struct warm *warm;
};

/* Returns the name of the file that the interpreter opens: of a language that is compiled, the product. */
static const char *name_of_entry(const struct parking *parking)
{
    const struct profile *profile = parking->profile;

    return profile->compile.argv && parking->ready->stage == STAGE_RUN ? profile->produces : profile->entry;
}

static int parked_ms(const struct parking *parking)
{
    return (parking->ready->stage == STAGE_RUN ? PARK_MOST_MS : PARK_COMPILER_MOST_MS) - LOADED_MS;
}

static int wait_for_shim(struct cell *cell, struct fault *fault)
{
    int r = cell_expect(cell, INIT_LOADED, LOADED_MS, fault);

    return r < 0 && fault->kind != FAULT_STEP ? fault_set(fault, FAULT_SHIM, r) : r;
}

/* Executes the interpreter. The file is gone again before its main(), so neither its program nor a child of
 * that sees it. */
static int load_shim(const struct parking *parking, const struct plan_stage *stage, struct fault *fault)
{
    struct root_template *root = &parking->host->kept->root;
    struct cell *cell = &parking->ready->cell;
    int r = root_template_put(root, PRELOAD, parking->host->settings.shim), removed;

    if (r < 0)
        return fault_set(fault, FAULT_PRELOAD, r);
    r = cell_warm_up(cell, stage, fault);
    if (r == 0)
        r = wait_for_shim(cell, fault);
    removed = root_template_take_away(root, PRELOAD);
    if (removed == 0)
        return r;
    /* No other cell may enter that root. */
    root_template_drop(root);
    return r < 0 ? r : fault_set(fault, FAULT_PRELOAD, removed);
}

static int send_orders(const struct parking *parking, struct fault *fault)
{
    struct shim_orders orders = {.point = parking->warm->point,
                                 .fresh = parking->warm->fresh,
                                 .threads = parking->warm->threads,
                                 .n_earlier = parking->warm->n_earlier,
                                 .name_at = strlen(PLAN_HOME) + 1};
    int r;

    if (snprintf(orders.path, sizeof(orders.path), "%s/%s", PLAN_HOME, name_of_entry(parking)) >=
        (int)sizeof(orders.path))
        return fault_set(fault, FAULT_PRELOAD, -ENAMETOOLONG);
    r = fd_send_fds(parking->ready->cell.control, &orders, sizeof(orders), NULL, 0);
    return r < 0 ? cell_fail_sent(r, fault) : 0;
}

/* Refuses an interpreter that is not as expected: with several threads if the profile says so, otherwise with
 * one, and at its entry file with the three standard descriptors. */
static int check_parked(const struct warm *warm, const struct init_report *parked, struct fault *fault)
{
    bool is_as_seen = warm->threads
                          ? parked->status > 1
                          : parked->status == 1 && (warm->point != WARM_OPEN_ENTRY || parked->step == 3);

    return is_as_seen ? 0 : fault_set(fault, FAULT_PARKED, -EBUSY);
}

static int wait_for_point(const struct parking *parking, struct fault *fault)
{
    struct cell *cell = &parking->ready->cell;
    const int most_ms = parked_ms(parking);
    int r = cell_expect(cell, INIT_PARKED, most_ms, fault);

    if (r == -ETIMEDOUT)
        return fault_set_index(fault, FAULT_POINT, r, (size_t)most_ms / 1000);
    if (fault->kind == FAULT_KILLED || fault->kind == FAULT_DIED)
        return fault_set(fault, FAULT_POINT, -ECHILD);
    return r < 0 ? r : check_parked(parking->warm, &cell->shim, fault);
}

/* Sets the niceness of all threads of the cell, whose user has no others. Without the privilege to lower it
 * again, it stays as it is. */
static void set_niceness(const struct parking *parking, int niceness)
{
    static const cap_value_t needed[] = {CAP_SYS_NICE};

    if (parking->host->machine.can & CAN_RAISE && machine_has(needed, 1))
        setpriority(PRIO_USER, ids_program(&parking->ready->cell.lease), niceness);
}

static int start_interpreter(const struct parking *parking, const struct plan_stage *stage,
                             struct fault *fault)
{
    const int niceness = getpriority(PRIO_PROCESS, 0);
    int r;

    set_niceness(parking, niceness + NICER_BY);
    r = load_shim(parking, stage, fault);
    if (r == 0)
        r = send_orders(parking, fault);
    if (r == 0)
        r = wait_for_point(parking, fault);
    set_niceness(parking, niceness);
    return r;
}

/* Notes for which command the interpreter waits. */
static int note_command(struct ready *ready, const struct plan *plan, const struct ready_prints *prints,
                        struct fault *fault)
{
    if (parked_command_take(&ready->parked, plan, ready->stage) < 0)
        return fault_memory(fault);
    ready->prints = *prints;
    ready->parked_cpu_us = cgroup_cpu_us(&ready->cell.cgroup);
    return 0;
}

int park(struct ready *ready, const struct host *host, const struct profile *profile, const struct job *job,
         struct fault *fault)
{
    const struct warm *warm = plan_warm(profile, ready->stage);
    const struct parking parking = {ready, host, profile, warm};
    const struct plan_config config = {
        .job = job, .profile = profile, .machine = &host->machine, .best_effort = true};
    struct plan_file file = {.path = name_of_entry(&parking)};
    _cleanup_(plan_deinit) struct plan plan = {0};
    struct plan_stage stage;
    /* From before it reads them, so that a change meanwhile is noticed. */
    const struct ready_prints prints = {fingerprint(profile, &host->settings),
                                        fingerprint_whole(profile, &host->settings)};
    int r = plan_make(&plan, &config, fault);

    if (r < 0)
        return r;
    stage = *plan_stage_of(&plan, ready->stage);
    if (warm->argv) {
        stage.argv = warm->argv;
        stage.program = warm->program;
    }
    stage.parks = true;
    stage.n_files = warm->placeholder ? 1 : 0;
    stage.files = &file;
    if (warm->placeholder)
        file.content = (struct bytes){warm->placeholder, warm->placeholder_size};
    /* The start message of the run lowers them. */
    memcpy(stage.rlimits, ready->rlimits, sizeof(stage.rlimits));
    r = start_interpreter(&parking, &stage, fault);
    return r < 0 ? r : note_command(ready, &plan, &prints, fault);
}

enum park_state park_look(const struct ready *ready, const struct host *host, const struct profile *profile,
                          bool is_thorough)
{
    struct pollfd control = {.fd = ready->cell.control, .events = POLLIN};

    if (poll(&control, 1, 0) != 0)
        return PARK_ENDED;
    if (ready->prints.surface != fingerprint(profile, &host->settings) ||
        (is_thorough && ready->prints.whole != fingerprint_whole(profile, &host->settings)))
        return PARK_OUTDATED;
    return cgroup_cpu_us(&ready->cell.cgroup) > ready->parked_cpu_us + BUSY_US ? PARK_BUSY : PARK_WAITS;
}
