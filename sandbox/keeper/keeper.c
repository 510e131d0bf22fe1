/* SPDX-License-Identifier: MIT */
/* The keeper. */
#include "sandbox/keeper/keeper.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/scheduling.h"
#include "sandbox/base/timing.h"
#include "sandbox/cell/cgroup_figures.h"
#include "sandbox/keeper/keeper_run.h"
#include "sandbox/keeper/questions.h"
#include "sandbox/keeper/rehearse.h"
#include "sandbox/plan/job_check.h"
#include "sandbox/plan/order.h"
#include "sandbox/run/version.h"
#include "sandbox/warm/compiler.h"
#include "sandbox/warm/fingerprint.h"
#include "sandbox/warm/park.h"

#define IDLE_MS 1000
#define COMPILER_MOST_LOOKS 9 /* at a compiler beside which no cell waits */
#define THOROUGH 8            /* looks, of which one is at all files */

/* Looks at an interpreter that waits in @cell. */
static enum park_state look_at(const struct keeper *keeper, const struct ready *cell, bool is_thorough)
{
    const struct profile *profile = &keeper->config->profiles[keeper->profile];

    return cell->is_made && cell->parked.argv ? park_look(cell, &keeper->host, profile, is_thorough)
                                              : PARK_WAITS;
}

/* Looks at all that waits. Without its compiler, the cell is as good as before. */
static enum park_state look(struct keeper *keeper, bool is_thorough)
{
    if (look_at(keeper, &keeper->compiler, is_thorough) != PARK_WAITS)
        keeper_reclaim_compiler(keeper);
    return look_at(keeper, &keeper->ready, is_thorough);
}

/* Gives up a compiler that can't serve a run of @profile. */
static void keep_compiler_for(struct keeper *keeper, uint32_t profile)
{
    if (keeper->compiler.is_made &&
        (keeper->profile != profile || look_at(keeper, &keeper->compiler, false) != PARK_WAITS))
        keeper_reclaim_compiler(keeper);
}

static bool is_known(const struct keeper *keeper, uint32_t profile, uint32_t generation)
{
    return generation == keeper->config->profiles_generation && profile < keeper->config->n_profiles;
}

/* Lets the interpreter wait in the cell for the command of the order; without one, for the usual command. */
static int park_for(struct keeper *keeper, const struct profile *profile, const struct wire_message *message,
                    struct fault *fault)
{
    static char no_source[1];
    const size_t head = sizeof(struct wire_make);
    struct job job = {.args = NULL};
    int r = profile->warm.parks ? 0 : -EINVAL;

    if (r == 0 && message->size > head)
        r = order_parse(message->payload + head, message->size - head, &job);
    if (r < 0)
        return fault_set(fault, FAULT_ORDER, r);
    job.profile = profile->name;
    job.source = (struct bytes){no_source, 0};
    r = job_check(&job, profile, fault);
    if (r == 0)
        r = park(&keeper->ready, &keeper->host, profile, &job, fault);
    order_free_lists(&job);
    return r;
}

/* Starts the compiler, too, unless it waits already. */
static int make_compiler(struct keeper *keeper, const struct wire_make *make, struct fault *fault)
{
    const struct profile *profile = &keeper->config->profiles[make->profile];
    int r;

    if (keeper->compiler.is_made || !compiler_can_wait(&keeper->host, profile) ||
        make->fingerprint != fingerprint_whole(profile, &keeper->host.settings))
        return 0;
    keeper_be_busy(keeper, PARK_COMPILER_MOST_MS + PARK_MOST_MS);
    r = compiler_make(&keeper->compiler, &keeper->host, profile, fault);
    if (r < 0)
        keeper_reclaim_compiler(keeper);
    return r;
}

static int make_cell(struct keeper *keeper, const struct wire_message *message, struct fault *fault)
{
    const struct wire_make make = WIRE_PAYLOAD(message, struct wire_make);
    const struct profile *profile = &keeper->config->profiles[make.profile];
    int r = ready_make(&keeper->ready, &keeper->host, profile, STAGE_RUN, fault);

    return r == 0 && make.parks ? park_for(keeper, profile, message, fault) : r;
}

/* Returns the state of the files that the interpreter in the cell has read, or that one would read now. */
static uint64_t fingerprint_of(const struct keeper *keeper)
{
    const struct profile *profile = &keeper->config->profiles[keeper->profile];

    if (keeper->ready.parked.argv)
        return keeper->ready.prints.whole;
    return profile->warm.parks ? fingerprint_whole(profile, &keeper->host.settings) : 0;
}

static void on_make(struct keeper *keeper, const struct wire_message *message)
{
    const struct wire_make make = WIRE_PAYLOAD(message, struct wire_make);
    struct wire_failed failed = {.profile = make.profile};
    struct wire_ready ready = {.profile = make.profile, .profiles_generation = make.profiles_generation};
    uint64_t begun_ns;
    int r = -ESTALE;

    keeper_reclaim_quietly(keeper);
    keep_compiler_for(keeper, make.profile);
    keeper_be_busy(keeper, make.parks ? PARK_MOST_MS : 0);
    if (is_known(keeper, make.profile, make.profiles_generation)) {
        keeper->profile = make.profile;
        r = make.parks ? make_compiler(keeper, &make, &failed.fault) : 0;
    } else {
        fault_set(&failed.fault, FAULT_NONE, r);
    }
    /* The compiler is kept, so the pool need not expect that each make takes its time, too. */
    begun_ns = timing_now_ns();
    if (r == 0)
        r = make_cell(keeper, message, &failed.fault);
    if (r < 0) {
        keeper_reclaim_quietly(keeper);
        keeper_tell(keeper, WIRE_FAILED, &failed, sizeof(failed));
        return;
    }
    keeper->state = KEEPER_READY;
    rehearse(&keeper->config->profiles[make.profile], &keeper->host.machine);
    ready.make_us = (timing_now_ns() - begun_ns) / 1000;
    ready.billed_bytes = cgroup_memory_bytes(&keeper->ready.cell.cgroup);
    if (keeper->compiler.is_made)
        ready.billed_bytes += cgroup_memory_bytes(&keeper->compiler.cell.cgroup);
    ready.program = version_state(&keeper->config->profiles[make.profile]);
    ready.fingerprint = fingerprint_of(keeper);
    keeper_tell(keeper, WIRE_READY, &ready, sizeof(ready));
}

static void on_start(struct keeper *keeper, const struct wire_message *message)
{
    const struct wire_start start = WIRE_PAYLOAD(message, struct wire_start);
    const struct profile *profile;
    struct wire_idle idle = {0};
    struct fault fault = {0};
    int r;

    if (message->run <= keeper->run) {
        keeper_leave(keeper, KEEPER_END_MESSAGE);
        return;
    }
    keeper->run = message->run;
    if (!is_known(keeper, start.profile, start.profiles_generation)) {
        keeper_refuse(keeper, &fault, true);
        return;
    }
    keeper_be_prompt(keeper);
    profile = &keeper->config->profiles[start.profile];
    keep_compiler_for(keeper, start.profile);
    if (keeper->state == KEEPER_READY &&
        (keeper->profile != start.profile || look_at(keeper, &keeper->ready, false) != PARK_WAITS))
        keeper_reclaim_quietly(keeper);
    keeper->state = KEEPER_RUNNING;
    keeper->start = start;
    keeper_be_busy(keeper, 0);
    r = keeper_run_order(keeper, message->payload + sizeof(start), message->size - sizeof(start), profile,
                         &fault);
    if (r < 0) {
        keeper_refuse(keeper, &fault, false);
        return;
    }
    keeper_give_way(keeper);
    keeper_reclaim(keeper, &idle);
    keeper_tell(keeper, WIRE_IDLE, &idle, sizeof(idle));
}

static void on_drop(struct keeper *keeper, const struct wire_message *message)
{
    struct wire_idle idle = {0};

    (void)message;
    keeper_give_way(keeper);
    keeper_reclaim_compiler(keeper);
    keeper_reclaim(keeper, &idle);
    keeper_tell(keeper, WIRE_IDLE, &idle, sizeof(idle));
}

static struct question question_of(const struct keeper *keeper, uint32_t profile, uint32_t generation)
{
    keeper_be_busy(keeper, QUESTION_MOST_MS);
    return (struct question){
        .host = &keeper->host,
        .profile = is_known(keeper, profile, generation) ? &keeper->config->profiles[profile] : NULL,
        .socket = keeper->config->socket};
}

static void on_version(struct keeper *keeper, const struct wire_message *message)
{
    const struct wire_version of = WIRE_PAYLOAD(message, struct wire_version);
    const struct question question = question_of(keeper, of.profile, of.profiles_generation);
    struct version_answer answer;

    if (question_version(&question, &answer) != 0)
        keeper_leave(keeper, KEEPER_END_UNRECLAIMED);
    keeper_tell(keeper, WIRE_VERSION_IS, &answer, answer.size);
}

static void on_check(struct keeper *keeper, const struct wire_message *message)
{
    const struct wire_check of = WIRE_PAYLOAD(message, struct wire_check);
    const struct question question = question_of(keeper, of.profile, of.profiles_generation);
    struct wire_checked answer;

    if (question.profile && question.profile->compile_warm.parks)
        keeper_be_busy(keeper, QUESTION_MOST_MS + QUESTION_COMPILER_MS);
    if (question_check(&question, &answer) != 0)
        keeper_leave(keeper, KEEPER_END_UNRECLAIMED);
    keeper_tell(keeper, WIRE_CHECKED, &answer, sizeof(answer));
}

static void on_retire(struct keeper *keeper, const struct wire_message *message)
{
    (void)message;
    keeper_leave(keeper, KEEPER_END_FINE);
}

/* Its run has ended. */
static void on_late(struct keeper *keeper, const struct wire_message *message)
{
    (void)keeper;
    (void)message;
}

static void (*const handlers[N_WIRE_TYPES])(struct keeper *keeper, const struct wire_message *message) = {
    [WIRE_MAKE] = on_make,   [WIRE_START] = on_start,   [WIRE_CANCEL] = on_late, [WIRE_STDIN] = on_late,
    [WIRE_GO_ON] = on_late,  [WIRE_STREAM] = on_late,   [WIRE_DROP] = on_drop,   [WIRE_VERSION] = on_version,
    [WIRE_CHECK] = on_check, [WIRE_RETIRE] = on_retire,
};

/* Reclaims a cell whose interpreter has not waited, and says so. */
static void give_up(struct keeper *keeper, enum park_state why)
{
    struct wire_gone gone = {.why = why};

    keeper_reclaim_quietly(keeper);
    keeper_tell(keeper, WIRE_GONE, &gone, sizeof(gone));
}

/* Looks after what waits while the keeper has nothing to do. Returns if there is a message, or if the
 * interpreter does not wait any more. */
static enum park_state look_after(struct keeper *keeper)
{
    struct pollfd fds[] = {{.fd = keeper->config->socket, .events = POLLIN},
                           {.fd = keeper->ready.cell.control, .events = POLLIN}};
    enum park_state seen = PARK_WAITS;

    for (unsigned int n = 1; seen == PARK_WAITS && poll(fds, 2, IDLE_MS) >= 0 && !fds[0].revents; n++) {
        seen = look(keeper, n % THOROUGH == 0);
        keeper_be_idle(keeper);
    }
    return seen;
}

/* The same for a compiler beside which no cell waits. It is given up after a while. */
static void look_after_compiler(struct keeper *keeper)
{
    struct pollfd fd = {.fd = keeper->config->socket, .events = POLLIN};

    for (unsigned int n = 1; keeper->compiler.is_made && poll(&fd, 1, IDLE_MS) == 0; n++) {
        look(keeper, n % THOROUGH == 0);
        if (n == COMPILER_MOST_LOOKS)
            keeper_reclaim_compiler(keeper);
        keeper_be_idle(keeper);
    }
}

/* Gives up the kept root of a keeper that has had nothing to do for a while, and later its compiler. */
static void wait_idly(struct keeper *keeper)
{
    struct pollfd fd = {.fd = keeper->config->socket, .events = POLLIN};
    enum park_state seen = PARK_WAITS;

    if (keeper->state == KEEPER_READY && keeper->ready.parked.argv)
        seen = look_after(keeper);
    if (seen != PARK_WAITS)
        give_up(keeper, seen);
    keeper_be_idle(keeper);
    if (keeper->state == KEEPER_EMPTY && poll(&fd, 1, IDLE_MS) == 0) {
        root_template_drop(&keeper->kept.root);
        look_after_compiler(keeper);
    }
}

static void wait_for_message(struct keeper *keeper)
{
    _cleanup_(wire_message_deinit) struct wire_message message;

    keeper_be_idle(keeper);
    if (keeper->state == KEEPER_EMPTY)
        keeper_give_way(keeper);
    else
        keeper_be_prompt(keeper);
    wait_idly(keeper);
    if (keeper_receive(keeper, &message) == 0)
        handlers[message.type](keeper, &message);
}

enum keeper_end keeper_work(const struct keeper_config *config)
{
    struct keeper keeper = {.config = config,
                            .host = *config->host,
                            .state = KEEPER_EMPTY,
                            .ready = READY_NONE,
                            .compiler = READY_NONE};

    keeper.may_give_way = scheduling_is_usual();
    kept_open(&keeper.kept, &keeper.host.tree,
              &(struct lease){.runtime = keeper.host.settings.runtime, .n_ids = keeper.host.n_ids});
    keeper.host.kept = &keeper.kept;
    while (!keeper.is_leaving)
        wait_for_message(&keeper);
    keeper_reclaim_compiler(&keeper);
    keeper_reclaim_quietly(&keeper);
    kept_close(&keeper.kept);
    return keeper.end;
}
