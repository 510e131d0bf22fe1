/* SPDX-License-Identifier: MIT */
/* The schemas of the HTTP API's documents: request, result, problem and the rest (JSON Schema 2020-12). */
#ifndef EXRUN_RUNNER_FRONT_OPENAPI_SCHEMAS_H
#define EXRUN_RUNNER_FRONT_OPENAPI_SCHEMAS_H

#include <jansson.h>

/* Returns an object with all schemas by their names, which the caller must json_decref(), or NULL if memory
 * is short. Limits, verdicts and bounds come from the tables that the reader uses. */
json_t *openapi_schemas(void);

#endif
