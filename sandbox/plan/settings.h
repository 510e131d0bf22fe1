/* SPDX-License-Identifier: MIT */
/* The places that exrun uses on this machine. The runner's side reads them from the environment once
 * (runner/text/environment.h). In sandbox/, only execlp(3) of userns/userns.c and builds for tests read the
 * environment. */
#ifndef EXRUN_SANDBOX_PLAN_SETTINGS_H
#define EXRUN_SANDBOX_PLAN_SETTINGS_H

#include <stdint.h>

enum { SETTINGS_RUNTIME_ROOM = 256, SETTINGS_CGROUP_ROOM = 256, SETTINGS_CACHE_ROOM = 4096 };

/* A value: nothing to free. @search_path, @shim and @fault are borrowed from the environment. */
struct settings {
    char runtime[SETTINGS_RUNTIME_ROOM]; /* directory of the slots; a cell's root is mounted on it */
    char cgroup[SETTINGS_CGROUP_ROOM];   /* parent group of all cells' groups; "": the default, /exrun */
    char cache[SETTINGS_CACHE_ROOM];     /* directory of compiled programs; "": no cache */
    uint64_t cache_bytes;                /* maximum size of the cache; 0: no cache */
    const char *search_path;             /* directories with ":" between them, for newuidmap and newgidmap */
    const char *shim;                    /* the object of warm/shim.h */
    const char *fault;                   /* step that a test makes fail; NULL: no step fails */
};

#endif
