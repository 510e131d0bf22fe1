/* SPDX-License-Identifier: MIT */
/* The versions of the languages. */
#include "runner/front/front_versions.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "runner/front/front.h"
#include "runner/front/front_orders.h"
#include "runner/front/front_places.h"
#include "sandbox/base/timing.h"
#include "sandbox/keeper/wire.h"

/* Between two questions for one language, if a keeper is lost by one, or a program is being replaced. */
#define AGAIN_NS UINT64_C(1000000000)
/* A command that prints no version can be that of a package in the middle of its installation. The pause
 * doubles each time, so often. */
#define MOST_DOUBLINGS 6U

static uint64_t pause_ns(const struct front_version *version)
{
    return AGAIN_NS << (version->n_failures < MOST_DOUBLINGS ? version->n_failures : MOST_DOUBLINGS);
}

static bool is_to_ask(const struct front *front, size_t profile, uint64_t now_ns)
{
    const struct front_load *load = front->load;
    const struct front_version *version = &load->versions[profile];

    return load->languages[profile].profile.version.program && !version->is_known &&
           !switches_have_disabled(&front->switches, load->languages[profile].profile.name) &&
           (version->asked_ns == 0 || version->asked_ns + pause_ns(version) <= now_ns);
}

bool front_versions_ask(struct front *front)
{
    struct front_load *load = front->load;
    struct front_keeper *keeper = front->is_draining || front->queue.n > 0 ? NULL : front_places_idle(front);
    uint64_t now_ns = timing_now_ns();

    for (size_t i = 0; keeper && i < load->n_languages; i++) {
        if (!is_to_ask(front, i, now_ns))
            continue;
        load->versions[i].asked_ns = now_ns;
        front_keeper_ask(keeper, (unsigned int)i, WIRE_VERSION);
        return true;
    }
    return false;
}

int front_versions_take(struct front_keeper *keeper, const char *payload, size_t size)
{
    struct front_version *version;
    struct wire_version_is is;

    memcpy(&is, payload, sizeof(is));
    size -= sizeof(is);
    if (size > 0 && !version_text_is_fine(payload + sizeof(is), size))
        return -EBADMSG;
    if (front_keeper_is_outdated(keeper) || keeper->profile == FRONT_NO_PROFILE)
        return 0;
    version = &keeper->front->load->versions[keeper->profile];
    version->program = is.program;
    version->is_known = size > 0;
    version->n_failures = size > 0 ? 0 : version->n_failures + 1;
    memcpy(version->text, payload + sizeof(is), size);
    version->text[size] = '\0';
    return 0;
}

const char *front_versions_check(struct front *front, struct front_load *load, unsigned int profile,
                                 uint64_t program)
{
    struct front_version *version = &load->versions[profile];

    if (version->program == program)
        return version->text;
    version->is_known = false;
    version->n_failures = 0;
    front_pool_decide(front);
    return "";
}

void front_versions_keep(struct front_load *load, const struct front_load *old)
{
    for (size_t i = 0; i < load->n_languages; i++) {
        int index = front_load_find(old, load->languages[i].profile.name);

        if (index < 0)
            continue;
        load->versions[i] = old->versions[index];
        load->versions[i].is_known = false;
        load->versions[i].n_failures = 0;
        load->versions[i].asked_ns = 0;
    }
}
