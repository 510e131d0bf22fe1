/* SPDX-License-Identifier: MIT */
/* `exrun serve token`: makes a token. */
#ifndef EXRUN_RUNNER_COMMAND_SERVE_TOKEN_H
#define EXRUN_RUNNER_COMMAND_SERVE_TOKEN_H

#include "runner/text/error.h"

/* Prints a new token and, on the next line, the line for the tokens file; says on stderr which is which. The
 * token is kept nowhere. @words: the words after "token", a name. Returns 0, or -errno with the reason. */
int serve_token(char *const *words, struct error *err);

#endif
