/* SPDX-License-Identifier: MIT */
/* The document of the HTTP API (OpenAPI 3.1.0), made from the table of routes. So it has each of them. */
#ifndef EXRUN_RUNNER_FRONT_OPENAPI_H
#define EXRUN_RUNNER_FRONT_OPENAPI_H

#include <jansson.h>

#include "runner/front/routes.h"

/* Returns the document for the @n rows at @routes, which the caller must json_decref(), or NULL if memory is
 * short. @version: of exrun. */
json_t *openapi_make(const struct route *routes, size_t n, const char *version);

#endif
