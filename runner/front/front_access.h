/* SPDX-License-Identifier: MIT */
/* Puts together who may use a listener: its configuration, and the tokens of its file. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_ACCESS_H
#define EXRUN_RUNNER_FRONT_FRONT_ACCESS_H

#include "runner/front/access.h"
#include "runner/front/config_listen.h"
#include "runner/text/error.h"

/* Adds the entry of @listener. A tokens file that is missing, has no token, has a mistake, or that others can
 * read or change makes it fail with EX_CONFIG. */
int front_access_add(struct access_list *list, const struct config_listener *listener, struct error *err);

#endif
