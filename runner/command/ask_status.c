/* SPDX-License-Identifier: MIT */
/* Asks the service for its status. */
#include "runner/command/ask_status.h"

#include <string.h>

#include "runner/command/ask.h"
#include "runner/front/status_read.h"
#include "sandbox/base/cleanup.h"

int ask_status(struct status *ret, struct error *err)
{
    _cleanup_(freep) char *text = NULL;
    size_t size = 0;
    int r;

    *ret = (struct status){.profiles = NULL};
    r = ask(&(struct ask_request){.target = "/v1/status"}, &text, &size, err);
    if (r < 0)
        return r;
    r = status_read(text, size, ret, err);
    if (r < 0)
        error_hint(err, "use the version of exrun that the service has, or restart the service");
    return r;
}

const struct status_profile *ask_status_of(const struct status *status, const char *name)
{
    for (size_t i = 0; i < status->n_profiles; i++)
        if (strcmp(status->profiles[i].name, name) == 0)
            return &status->profiles[i];
    return NULL;
}
