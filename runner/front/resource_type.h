/* SPDX-License-Identifier: MIT */
/* The media types of artifacts, by the endings of their names. */
#ifndef EXRUN_RUNNER_FRONT_RESOURCE_TYPE_H
#define EXRUN_RUNNER_FRONT_RESOURCE_TYPE_H

/* Returns the Content-Type that a browser may show, or NULL: it should only store the file. The letters of an
 * ending can have any case. */
const char *resource_type_of(const char *path);

#endif
