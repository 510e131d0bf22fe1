/* SPDX-License-Identifier: MIT */
/* The names that browsers have for contents that they keep (RFC 9110, section 8.8.3). */
#ifndef EXRUN_RUNNER_FRONT_ETAG_H
#define EXRUN_RUNNER_FRONT_ETAG_H

#include <stdbool.h>

/* Returns true if the value of If-None-Match lists @tag, which is in quotes, or is "*". A proxy that
 * compresses the content makes the tag a weak one, which counts, too (section 13.1.2). */
bool etag_is_listed(const char *list, const char *tag);

#endif
