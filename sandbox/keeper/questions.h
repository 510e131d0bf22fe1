/* SPDX-License-Identifier: MIT */
/* Questions of the front that a keeper answers by running a command of the profile. */
#ifndef EXRUN_SANDBOX_KEEPER_QUESTIONS_H
#define EXRUN_SANDBOX_KEEPER_QUESTIONS_H

#include "sandbox/keeper/wire.h"
#include "sandbox/plan/version_text.h"
#include "sandbox/run/host.h"

/* @profile: NULL: the keeper does not have the one that was asked about. @socket: a message, or its end, ends
 * the command. */
struct question {
    const struct host *host;
    const struct profile *profile;
    int socket;
};

/* The longest that an answer may take, and how much longer if a compiler is checked, too. */
enum { QUESTION_MOST_MS = 20000, QUESTION_COMPILER_MS = 150000 };

/* The payload of WIRE_VERSION_IS; @size: of its used part. */
struct version_answer {
    struct wire_version_is head;
    char text[VERSION_TEXT_ROOM];
    size_t size;
};

/* Answer with the version, or without one if the command does not print one; and whether programs run in
 * parked cells as they do in others. Return the enum reclaim_left bits of the leftovers. */
unsigned int question_version(const struct question *question, struct version_answer *ret);
unsigned int question_check(const struct question *question, struct wire_checked *ret);

#endif
