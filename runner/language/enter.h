/* SPDX-License-Identifier: MIT */
/* Enters a user namespace after noting which profiles can be trusted. */
#ifndef EXRUN_RUNNER_LANGUAGE_ENTER_H
#define EXRUN_RUNNER_LANGUAGE_ENTER_H

#include "sandbox/base/fault.h"

/* Notes the profiles in @directories that can be trusted now (fewer if memory is short), and enters
 * the namespace (userns_enter()). If that fails, cells can't be isolated, which the plan of a run
 * and `exrun doctor` report; @why says what prevented it, if anything did. */
void enter_userns(char *const *directories, const char *search_path, struct fault *why);

#endif
