/* SPDX-License-Identifier: MIT */
/* The URLs of resources, which results carry: a path with a key. */
#ifndef EXRUN_RUNNER_FRONT_RESOURCE_URL_H
#define EXRUN_RUNNER_FRONT_RESOURCE_URL_H

#include "runner/answer/result.h"
#include "runner/front/resource_key.h"

#define RESOURCE_URL_ARTIFACTS "/artifacts/" /* after the ID of a run; a path follows */
#define RESOURCE_URL_OUTPUT "/output"        /* likewise */

/* @run: a resource whose path is set for each URL. */
struct resource_urls {
    const unsigned char *secret;
    struct resource run;
};

/* Writes the URL of a resource of the run; @arg: struct resource_urls. Returns false if the path has a
 * control character, or is too long for a request. */
bool resource_url_write(const void *arg, const char *path, char ret[RESULT_URL_ROOM]);

#endif
