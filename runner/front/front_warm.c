/* SPDX-License-Identifier: MIT */
/* For which languages parked cells work. */
#include "runner/front/front_warm.h"

#include "runner/front/front.h"
#include "runner/front/front_demand.h"
#include "runner/front/front_keys.h"
#include "runner/front/front_log.h"
#include "runner/front/front_orders.h"
#include "runner/front/front_plan.h"
#include "runner/front/front_run.h"
#include "sandbox/base/timing.h"

/* Between two checks of one language that found out nothing. The pause doubles each time, so often. */
#define AGAIN_NS UINT64_C(1000000000)
#define MOST_DOUBLINGS 6U

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

static bool is_to_ask(const struct front *front, size_t profile, uint64_t now_ns)
{
    const struct front_warm *warm = &front->load->warm[profile];
    unsigned int doublings = warm->n_unknown < MOST_DOUBLINGS ? warm->n_unknown : MOST_DOUBLINGS;

    return warm->state == FRONT_WARM_UNCHECKED &&
           !switches_have_disabled(&front->switches, front->load->languages[profile].profile.name) &&
           (warm->asked_ns == 0 || warm->asked_ns + (AGAIN_NS << doublings) <= now_ns);
}

bool front_warm_ask(struct front *front)
{
    struct front_keeper *keeper = front->is_draining || front->queue.n > 0 ? NULL : front_keepers_idle(front);
    uint64_t now_ns = timing_now_ns();

    for (size_t i = 0; keeper && i < front->load->n_languages; i++) {
        if (!is_to_ask(front, i, now_ns))
            continue;
        front->load->warm[i].asked_ns = now_ns;
        front_keeper_ask(keeper, (unsigned int)i, WIRE_CHECK);
        return true;
    }
    return false;
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
        warm->n_unknown++;
        return;
    }
    warm->n_unknown = 0;
    warm->fingerprint = checked->fingerprint;
    if (checked->fault.kind != FAULT_NONE) {
        front_warm_end(keeper->front, keeper->profile, &checked->fault);
        return;
    }
    warm->state = FRONT_WARM_ON;
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
    warm->state = FRONT_WARM_UNCHECKED;
    warm->asked_ns = 0;
    warm->n_unknown = 0;
    front_pool_decide(front);
}

void front_warm_end(struct front *front, unsigned int profile, const struct fault *fault)
{
    struct front_warm *warm = &front->load->warm[profile];

    warm->state = FRONT_WARM_OFF;
    warm->fault = *fault;
    front_log_warm(front, profile);
}
