/* SPDX-License-Identifier: MIT */
/* The state of a profile's parked cells (front_warm.h). */
#ifndef EXRUN_RUNNER_FRONT_WARM_STATE_H
#define EXRUN_RUNNER_FRONT_WARM_STATE_H

#include <stdint.h>

#include "runner/front/config.h"
#include "runner/language/language.h"
#include "sandbox/base/fault.h"
#include "sandbox/plan/machine.h"
#include "sandbox/plan/parked.h"

/* FRONT_WARM_NONE: the profile does not ask for them, or its cells may not wait, or its program is
 * missing. FRONT_WARM_UNCHECKED: they may work. */
enum front_warm_state {
    FRONT_WARM_NONE,
    FRONT_WARM_UNCHECKED,
    FRONT_WARM_ON,
    FRONT_WARM_OFF,
    N_FRONT_WARM_STATES
};

/* @command: for which the interpreters wait. @fingerprint: state of the files that was checked. @asked_ns:
 * time of the last check; 0: there was none. @since_ns: of the last change of the state. @n_unknown: checks
 * in a row that found out nothing. @fault: why it is off. */
struct front_warm {
    enum front_warm_state state;
    struct parked_command command;
    uint64_t fingerprint, asked_ns, since_ns;
    unsigned int n_unknown;
    struct fault fault;
};

/* How a run can use a parked cell: not at all, one that waits for the usual command, or one of a variant
 * (front_variants.h). */
enum front_fit { FRONT_FIT_NONE, FRONT_FIT_USUAL, FRONT_FIT_OTHER };

/* Fills *ret for @n languages, in their order; @pools are theirs. Returns 0 or -ENOMEM. The caller must call
 * front_warm_free() even on failure. */
int front_warm_init(const struct language *languages, size_t n, const struct config_pool *pools,
                    const struct machine *machine, struct front_warm **ret);

/* Frees the @n elements, and @warm, which can be NULL. */
void front_warm_free(struct front_warm *warm, size_t n);

/* Returns the word for a state: "on". */
const char *front_warm_word(enum front_warm_state state);

#endif
