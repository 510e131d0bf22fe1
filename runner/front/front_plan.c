/* SPDX-License-Identifier: MIT */
/* Plans a run for the profiles that are in force. */
#include "runner/front/front_plan.h"

#include <errno.h>
#include <stdlib.h>

#include "runner/answer/faults.h"
#include "runner/front/front.h"
#include "runner/front/front_cell.h"
#include "runner/front/front_run.h"
#include "runner/front/front_warm.h"
#include "runner/front/run_events.h"
#include "runner/language/language_find.h"
#include "runner/request/request_check.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/plan/job_check.h"

#define RUN_BYTES (UINT64_C(64) << 10)           /* of a run apart from its texts */
#define INPUT_BYTES (2 * FRONT_INPUT_MOST_BYTES) /* what is unread, and as much that was taken before it */
#define COPIES 3 /* of an output: as it was received, unpacked, and written as JSON */

int front_plan_tell(const struct front *front, const struct front_run *run, const struct fault *fault,
                    struct error *err)
{
    const struct host host = {.machine = *front->config->machine};
    const struct fault_context context = {
        .job = &run->job, .language = &run->load->languages[run->profile], .plan = &run->plan, .host = &host};

    return fault_tell(fault, &context, err);
}

void front_plan_tell_make(const struct front *front, unsigned int profile, const struct fault *fault,
                          struct error *err)
{
    const struct language *language = &front->load->languages[profile];
    const struct host host = {.machine = *front->config->machine};
    /* The same plan as the keeper's: sandbox/run/ready.c. */
    const struct job most = {.asked = language->profile.max};
    _cleanup_(plan_deinit) struct plan plan = {0};
    struct fault other = {0};
    int r = plan_make(&plan,
                      &(struct plan_config){.job = &most,
                                            .profile = &language->profile,
                                            .machine = front->config->machine,
                                            .best_effort = true},
                      &other);
    const struct fault_context context = {.language = language, .plan = r == 0 ? &plan : NULL, .host = &host};

    fault_tell(fault, &context, err);
}

static int find_language(struct front_run *run, struct error *err)
{
    const char *name = run->job.profile ? run->job.profile : "";
    const struct front_load *load = run->load;
    int index = front_load_find(load, name);
    _cleanup_(freep) char **names = NULL;

    if (index >= 0) {
        run->profile = (unsigned int)index;
        return 0;
    }
    names = calloc(load->n_languages + 1, sizeof(*names));
    if (!names)
        return error_memory(err);
    for (size_t i = 0; i < load->n_languages; i++)
        names[i] = load->languages[i].profile.name;
    return language_unknown(name, names, err);
}

uint64_t front_plan_cell_bytes(const struct front_run *run)
{
    uint64_t of_run = run->plan.run.limits.memory_bytes, of_compile = run->plan.compile.limits.memory_bytes;

    return run->plan.compiles && of_compile > of_run ? of_compile : of_run;
}

void front_plan_memory(struct front_run *run)
{
    const struct plan *plan = &run->plan;
    const uint64_t of_events = run->events ? plan->run.limits.output_bytes + RUN_EVENTS_BYTES : 0,
                   of_input = run->job.keeps_input_open ? INPUT_BYTES : 0;
    uint64_t outputs =
        plan->run.limits.output_bytes + (plan->compiles ? plan->compile.limits.output_bytes : 0);

    if (run->job.artifacts)
        outputs += run_most_of_artifacts(&plan->run.limits);
    run->reserved_bytes = run->link.bytes + COPIES * outputs + RUN_BYTES + of_events + of_input;
}

/* The plan borrows from the profile, so the run has a reference to it. */
static void take_load(struct front *front, struct front_run *run)
{
    plan_deinit(&run->plan);
    front_load_unref(run->load);
    run->load = front_load_ref(front->load);
}

int front_plan(struct front *front, struct front_run *run, struct error *err)
{
    const struct language *language;
    struct fault fault = {0};
    int r;

    take_load(front, run);
    r = find_language(run, err);
    if (r < 0)
        return r;
    language = &run->load->languages[run->profile];
    r = request_check(&run->job, language, err);
    if (r < 0)
        return r;
    r = job_check(&run->job, &language->profile, &fault);
    if (r == 0)
        r = plan_make(&run->plan,
                      &(struct plan_config){
                          .job = &run->job, .profile = &language->profile, .machine = front->config->machine},
                      &fault);
    if (r < 0)
        return front_plan_tell(front, run, &fault, err);
    front_plan_memory(run);
    run->fit = front_warm_fit(run);
    return front_cell_check(front, run, err);
}
