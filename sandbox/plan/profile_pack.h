/* SPDX-License-Identifier: MIT */
/* A profile as bytes.
 *
 * The service reads its profiles in a child without privileges, which was the last process to see their text.
 * The warden gets them packed, and so does the front, which checks requests. */
#ifndef EXRUN_SANDBOX_PLAN_PROFILE_PACK_H
#define EXRUN_SANDBOX_PLAN_PROFILE_PACK_H

#include "sandbox/base/pack.h"
#include "sandbox/plan/profile.h"

/* Packs or unpacks all members. A profile that was read can be freed by profile_deinit(), even if the packing
 * is invalid; pack_end() tells. A profile that was read has a name, an entry and a command, no limit below
 * its floor, and paths that are absolute for mounts and relative for etc. */
void profile_pack(struct pack *pack, struct profile *profile);

#endif
