/* SPDX-License-Identifier: MIT */
/* Takes the way of an order before there is one. */
#include "sandbox/keeper/rehearse.h"

#include "sandbox/base/cleanup.h"
#include "sandbox/plan/job_check.h"
#include "sandbox/plan/order.h"
#include "sandbox/plan/plan.h"

void rehearse(const struct profile *profile, const struct machine *machine)
{
    _cleanup_(freep) char *order = NULL;
    _cleanup_(plan_deinit) struct plan plan = {0};
    struct fault fault = {0};
    struct job job;
    size_t size;

    if (order_pack(&(struct job){0}, 0, &order, &size) < 0 || order_parse(order, size, &job) < 0)
        return;
    job.profile = profile->name;
    if (job_check(&job, profile, &fault) == 0)
        plan_make(&plan, &(struct plan_config){.job = &job, .profile = profile, .machine = machine}, &fault);
    order_free_lists(&job);
}
