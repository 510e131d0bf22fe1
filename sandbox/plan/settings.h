/* SPDX-License-Identifier: MIT */
/* Where exrun keeps things on this machine. The runner's side reads it from the environment once
 * (runner/text/environment.h); nothing in sandbox/ asks the environment. */
#ifndef EXRUN_SANDBOX_PLAN_SETTINGS_H
#define EXRUN_SANDBOX_PLAN_SETTINGS_H

#include <stdint.h>

enum { SETTINGS_RUNTIME_ROOM = 256, SETTINGS_CGROUP_ROOM = 256, SETTINGS_CACHE_ROOM = 4096 };

/* A value: nothing to free. @search_path and @fault are borrowed from the environment. */
struct settings {
    char runtime[SETTINGS_RUNTIME_ROOM]; /* slots are below it, and a cell's root is mounted on it */
    char cgroup[SETTINGS_CGROUP_ROOM];   /* parent group of all cells' groups; "": the default, /exrun */
    char cache[SETTINGS_CACHE_ROOM];     /* directory of compiled programs; "": none */
    uint64_t cache_bytes;                /* how large it may grow; 0: there is no cache */
    const char *search_path;             /* directories with ":" between them, for newuidmap and newgidmap */
    const char *fault;                   /* the step that a test wants to fail; NULL: none */
};

#endif
