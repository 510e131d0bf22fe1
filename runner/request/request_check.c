/* SPDX-License-Identifier: MIT */
/* Checks a request against its language. */
#include "runner/request/request_check.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

int request_check(const struct job *job, const struct language *language, struct error *err)
{
    const struct limits most = limits_most();
    int limit = limits_first_beyond(&job->asked, &language->min, &most);
    char pointer[64];

    /* A value above all limits is refused later, with the profile's own maximum. */
    if (limit < 0 || limits_get(&job->asked, (enum limit)limit) > limits_get(&most, (enum limit)limit))
        return 0;
    snprintf(pointer, sizeof(pointer), "/limits/%s", limit_rows[limit].key);
    error_set(
        err, -EINVAL, EX_DATAERR, pointer, "is %" PRIu64 "; the profile %s allows %" PRIu64 " to %" PRIu64,
        limits_get(&job->asked, (enum limit)limit), language->profile.name,
        limits_get(&language->min, (enum limit)limit), limits_get(&language->profile.max, (enum limit)limit));
    error_hint(err, "request more, because %s does not start with less", language->program);
    return -EINVAL;
}
