/* SPDX-License-Identifier: MIT */
/* Patterns of a shell's kind, fnmatch(3): what is none matches nothing, and nobody would be told. */
#ifndef EXRUN_RUNNER_INPUT_PATTERN_H
#define EXRUN_RUNNER_INPUT_PATTERN_H

/* What is wrong with @pattern, whose parts between "/" are matched each by itself; NULL where nothing is. */
const char *pattern_fault(const char *pattern);

#endif
