/* SPDX-License-Identifier: MIT */
/* The profiles of the service, which a child without privileges reads. */
#ifndef EXRUN_SANDBOX_WARDEN_LOAD_H
#define EXRUN_SANDBOX_WARDEN_LOAD_H

#include <stddef.h>
#include <stdint.h>

#include "sandbox/base/fault.h"
#include "sandbox/plan/profile.h"

enum { LOAD_MOST_PROFILES = 256 };

/* @bytes: as the child wrote them, for the front: the number of profiles, and for each one the profile
 * (plan/profile_pack.h) and the text of its file, which the warden skips. */
struct load {
    struct profile *profiles;
    size_t n_profiles;
    char *bytes;
    size_t size;
};

/* Forks a child that drops its capabilities and calls @call. Returns 0, or -errno with FAULT_PROFILES if it
 * fails, takes more than a minute, or writes something that is no list of profiles. */
int load_profiles(int (*call)(void *arg, int fd), void *arg, struct load *ret, struct fault *fault);

void load_deinit(struct load *load);

#endif
