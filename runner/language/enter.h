/* SPDX-License-Identifier: MIT */
/* Into a user namespace, with what can be trusted noted before. */
#ifndef EXRUN_RUNNER_LANGUAGE_ENTER_H
#define EXRUN_RUNNER_LANGUAGE_ENTER_H

#include "sandbox/base/fault.h"

/* Notes the profiles in @directories that can be trusted now, without memory fewer of them, and enters the
 * namespace (userns_enter()). Where that fails the walls of cells are missing, which the plan of a run and
 * `exrun doctor` tell; @why says what stood in the way, if anything did. */
void enter_userns(char *const *directories, const char *search_path, struct fault *why);

#endif
