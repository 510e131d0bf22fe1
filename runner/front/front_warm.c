/* SPDX-License-Identifier: MIT */
/* For which languages parked cells work. */
#include "runner/front/front_warm.h"

#include <errno.h>

#include "runner/front/front.h"
#include "runner/front/front_cell.h"
#include "runner/front/front_demand.h"
#include "runner/front/front_keys.h"
#include "runner/front/front_log.h"
#include "runner/front/front_orders.h"
#include "runner/front/front_places.h"
#include "runner/front/front_plan.h"
#include "runner/front/front_run.h"
#include "sandbox/base/timing.h"

#define AGAIN_NS UINT64_C(1000000000)    /* after a check that found out nothing; doubles each time */
#define MOST_UNKNOWN 5                   /* such checks in a row; then it is off */
#define PATIENCE_NS UINT64_C(5000000000) /* for a moment in which nobody waits */
#define OFF_NS UINT64_C(600000000000)    /* then a profile is checked again */

bool front_warm_is_on(const struct front *front, unsigned int profile)
{
    return front->load->warm[profile].state == FRONT_WARM_ON;
}

void front_warm_tell(const struct front *front, unsigned int profile, struct error *err)
{
    const struct front_warm *warm = &front->load->warm[profile];

    if (warm->state == FRONT_WARM_OFF)
        front_plan_tell_make(front, profile, &warm->fault, err);
}

enum front_fit front_warm_fit(const struct front_run *run)
{
    const struct parked_command *usual = &run->load->warm[run->profile].command;
    struct parked_command own = *usual;

    if (!usual->argv)
        return FRONT_FIT_NONE;
    if (parked_command_serves(usual, &run->plan.run))
        return FRONT_FIT_USUAL;
    own.argv = run->plan.run.argv;
    own.env = run->plan.run.env;
    own.has_own_env = parked_has_own_env(&run->job);
    return parked_command_serves(&own, &run->plan.run) ? FRONT_FIT_OTHER : FRONT_FIT_NONE;
}

static void change(struct front_warm *warm, enum front_warm_state state)
{
    warm->state = state;
    warm->since_ns = timing_now_ns();
    warm->n_unknown = 0;
}

bool front_warm_is_patient(const struct front *front, unsigned int profile)
{
    const struct front_warm *warm = &front->load->warm[profile];

    return warm->state == FRONT_WARM_UNCHECKED && warm->n_unknown == 0 &&
           timing_now_ns() - warm->since_ns < PATIENCE_NS;
}

static bool is_to_ask(const struct front *front, size_t profile, uint64_t now_ns)
{
    const struct front_warm *warm = &front->load->warm[profile];
    bool is_due = warm->asked_ns == 0 || warm->asked_ns + (AGAIN_NS << warm->n_unknown) <= now_ns;

    if (switches_have_disabled(&front->switches, front->load->languages[profile].profile.name))
        return false;
    return (warm->state == FRONT_WARM_UNCHECKED && is_due) ||
           (warm->state == FRONT_WARM_OFF && warm->since_ns + OFF_NS <= now_ns);
}

/* Returns the index of the language whose last check is longest ago, of those that are to be checked, or -1.
 */
static int choose(const struct front *front, uint64_t now_ns)
{
    const struct front_warm *warm = front->load->warm;
    int best = -1;

    for (size_t i = 0; i < front->load->n_languages; i++)
        if (is_to_ask(front, i, now_ns) && (best < 0 || warm[i].asked_ns < warm[best].asked_ns))
            best = (int)i;
    return best;
}

bool front_warm_ask(struct front *front)
{
    uint64_t now_ns = timing_now_ns();
    int index = front->is_draining ? -1 : choose(front, now_ns);
    struct front_keeper *keeper;

    if (index < 0)
        return false;
    /* At first, while nobody waits but runs that have to wait for the check. */
    if (!front_warm_is_patient(front, (unsigned int)index))
        keeper = front_places_empty(front);
    else
        keeper = front->queue.n > front->queue.n_choosy ? NULL : front_places_idle(front);
    if (!keeper)
        return false;
    if (front->load->warm[index].state == FRONT_WARM_OFF)
        change(&front->load->warm[index], FRONT_WARM_UNCHECKED);
    front->load->warm[index].asked_ns = now_ns;
    front_keeper_ask(keeper, (unsigned int)index, WIRE_CHECK);
    return true;
}

void front_warm_note_unknown(struct front *front, unsigned int profile, const struct fault *fault)
{
    struct front_warm *warm = &front->load->warm[profile];
    struct fault of_check = {0};

    if (warm->state != FRONT_WARM_UNCHECKED || ++warm->n_unknown < MOST_UNKNOWN)
        return;
    if (fault->kind == FAULT_NONE)
        fault_set(&of_check, FAULT_CHECK, -ECANCELED);
    front_warm_end(front, profile, fault->kind == FAULT_NONE ? &of_check : fault);
}

void front_warm_take(struct front_keeper *keeper, const struct wire_checked *checked)
{
    struct front_warm *warm;

    if (front_keeper_is_outdated(keeper) || keeper->profile == FRONT_NO_PROFILE)
        return;
    warm = &keeper->front->load->warm[keeper->profile];
    if (warm->state != FRONT_WARM_UNCHECKED)
        return;
    if (!checked->is_known) {
        front_warm_note_unknown(keeper->front, keeper->profile, &checked->fault);
        return;
    }
    warm->fingerprint = checked->fingerprint;
    if (checked->fault.kind != FAULT_NONE) {
        front_warm_end(keeper->front, keeper->profile, &checked->fault);
        return;
    }
    change(warm, FRONT_WARM_ON);
    front_demand_note_success(keeper->front, front_keys_of_profile(keeper->profile, true));
    front_log_warm(keeper->front, keeper->profile);
}

void front_warm_compare(struct front *front, unsigned int profile, uint64_t fingerprint)
{
    if (fingerprint != 0 && fingerprint != front->load->warm[profile].fingerprint)
        front_warm_renew(front, profile);
}

void front_warm_renew(struct front *front, unsigned int profile)
{
    struct front_warm *warm = &front->load->warm[profile];

    if (warm->state == FRONT_WARM_NONE || warm->state == FRONT_WARM_UNCHECKED)
        return;
    change(warm, FRONT_WARM_UNCHECKED);
    front_pool_decide(front);
}

void front_warm_end(struct front *front, unsigned int profile, const struct fault *fault)
{
    struct front_warm *warm = &front->load->warm[profile];

    change(warm, FRONT_WARM_OFF);
    warm->fault = *fault;
    front_log_warm(front, profile);
    front_cell_refuse_parked(front, profile);
}
