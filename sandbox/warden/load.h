/* SPDX-License-Identifier: MIT */
/* The settings and profiles of the service, which a child without privileges reads. */
#ifndef EXRUN_SANDBOX_WARDEN_LOAD_H
#define EXRUN_SANDBOX_WARDEN_LOAD_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "sandbox/base/fault.h"
#include "sandbox/base/pack.h"
#include "sandbox/plan/profile.h"
#include "sandbox/warden/listener.h"

enum { LOAD_MOST_PROFILES = 256, LOAD_MOST_KEEPERS = 1024, LOAD_MOST_LISTENERS = 16, LOAD_REASON_ROOM = 232 };

/* The settings that the warden needs. @drain_ms: time that accepted runs have after SIGTERM. @n_cpus,
 * @memory_bytes: of the machine, for the front, which can't ask. @own_bytes: limit of the service's own
 * memory. @log_path: NULL: there is no log.
 * @log_group: of a log that is created; (gid_t)-1: none. */
struct load_settings {
    uint64_t n_keepers, drain_ms, n_cpus, memory_bytes, own_bytes;
    struct listener_config *listeners;
    size_t n_listeners;
    char *log_path;
    gid_t log_group;
};

/* Files in memory that the child writes. @profiles: settings and profiles. @access: what only the front may
 * have: who may use the listeners, with the hashes of their tokens. @page: the files of the listeners with a
 * page; empty: there is no such listener. */
struct load_fds {
    int profiles, access, page;
};

#define LOAD_FDS_NONE                            \
    {                                            \
        .profiles = -1, .access = -1, .page = -1 \
    }

/* @bytes: as the child wrote them, for the front: the settings; the number of profiles, and for each one the
 * profile (plan/profile_pack.h), the path and the text of its file; the path and the text of the
 * configuration. The warden skips the texts. @fds: those for the front, which the warden does not read. */
struct load {
    struct load_settings settings;
    struct profile *profiles;
    size_t n_profiles;
    char *bytes;
    size_t size;
    struct load_fds fds;
};

#define LOAD_NONE            \
    {                        \
        .fds = LOAD_FDS_NONE \
    }

/* A child that loads. @pid: 0: it has ended. @reason: of the last failure, as the child has written it; "":
 * nothing failed. */
struct loading {
    pid_t pid;
    struct load_fds fds;
    char reason[LOAD_REASON_ROOM];
};

#define LOADING_NONE         \
    {                        \
        .fds = LOAD_FDS_NONE \
    }

/* A positive result of load_end(): @call failed, and has reported the reason. It can have written the reason
 * to the file of the profiles, too. */
enum { LOAD_E_TOLD = 1 };

/* Forks a child that drops its capabilities and calls @call. It has a minute. Returns 0 or -errno. */
int load_begin(int (*call)(void *arg, const struct load_fds *fds), void *arg, struct loading *ret);

/* Reads what the child has written, after its end. @status: of waitpid(2). Returns 0, LOAD_E_TOLD, -ETIME if
 * its time was over, -EBADMSG if it wrote something else than settings and profiles, or another -errno.
 * *ret is empty unless 0 is returned. */
int load_end(struct loading *loading, int status, struct load *ret);

/* Does both, and waits meanwhile. Returns 0, LOAD_E_TOLD, or -errno with FAULT_PROFILES. */
int load_profiles(int (*call)(void *arg, const struct load_fds *fds), void *arg, struct load *ret,
                  struct fault *fault);

void load_deinit(struct load *load);

void load_fds_close(struct load_fds *fds);

/* Packs or unpacks the settings. The caller must call load_settings_deinit() even if they are invalid.
 */
void load_settings_pack(struct pack *pack, struct load_settings *settings);
void load_settings_deinit(struct load_settings *settings);

#endif
