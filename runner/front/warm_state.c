/* SPDX-License-Identifier: MIT */
/* The state of a profile's parked cells. */
#include "runner/front/warm_state.h"

#include <errno.h>
#include <stdlib.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"

/* The command is that of a request that names nothing but its source: sandbox/warm/park.c. */
static int make_command(const struct profile *profile, const struct machine *machine,
                        struct parked_command *ret)
{
    const struct job job = {.profile = profile->name};
    const struct plan_config config = {
        .job = &job, .profile = profile, .machine = machine, .best_effort = true};
    _cleanup_(plan_deinit) struct plan plan = {0};
    int r = plan_make(&plan, &config, NULL);

    return r < 0 ? r : parked_command_take(ret, &plan, STAGE_RUN);
}

int front_warm_init(const struct language *languages, size_t n, const struct config_pool *pools,
                    const struct machine *machine, struct front_warm **ret)
{
    struct front_warm *warm = calloc(n + 1, sizeof(*warm));

    *ret = warm;
    if (!warm)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++) {
        const struct profile *profile = &languages[i].profile;
        const bool can_wait = profile->warm.parks && pools[i].ceiling > 0;
        int r = can_wait ? make_command(profile, machine, &warm[i].command) : -ENOENT;

        if (r == -ENOMEM)
            return r;
        warm[i].state = r == 0 ? FRONT_WARM_UNCHECKED : FRONT_WARM_NONE;
        warm[i].since_ns = timing_now_ns();
    }
    return 0;
}

void front_warm_free(struct front_warm *warm, size_t n)
{
    for (size_t i = 0; warm && i < n; i++)
        parked_command_deinit(&warm[i].command);
    free(warm);
}

const char *front_warm_word(enum front_warm_state state)
{
    static const char *const words[N_FRONT_WARM_STATES] = {[FRONT_WARM_NONE] = "none",
                                                           [FRONT_WARM_UNCHECKED] = "unchecked",
                                                           [FRONT_WARM_ON] = "on",
                                                           [FRONT_WARM_OFF] = "off"};

    return words[state];
}
