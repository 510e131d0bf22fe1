/* SPDX-License-Identifier: MIT */
/* The settings and profiles of the service, which a child without privileges reads. */
#include "sandbox/warden/load.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/base/raw.h"
#include "sandbox/inside/identity.h"
#include "sandbox/plan/profile_pack.h"

#define MOST_BYTES ((size_t)64 << 20)
#define MOST_SECONDS 60

/* The child's work. Its user keeps owning the profiles, which others may not be able to read. */
static void child(int (*call)(void *arg, const struct load_fds *fds), void *arg, const struct load_fds *fds,
                  pid_t parent)
{
    const struct identity none = {.lower = 0, .keeps_groups = true};

    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0 || getppid() != parent || identity_lower(&none) < 0)
        _exit(LOAD_E_TOLD + 1);
    alarm(MOST_SECONDS);
    _exit(call(arg, fds) < 0 ? LOAD_E_TOLD : 0);
}

void load_settings_pack(struct pack *pack, struct load_settings *settings)
{
    size_t n;

    pack_u64(pack, &settings->n_keepers, LOAD_MOST_KEEPERS);
    pack_u64(pack, &settings->drain_ms, UINT32_MAX);
    pack_u64(pack, &settings->n_cpus, UINT32_MAX);
    pack_u64(pack, &settings->memory_bytes, UINT64_MAX);
    pack_u64(pack, &settings->own_bytes, UINT64_MAX);
    n = pack_list(pack, (void **)&settings->listeners, &settings->n_listeners, sizeof(*settings->listeners));
    for (size_t i = 0; i < n; i++) {
        struct listener_config *listener = &settings->listeners[i];

        pack_text(pack, &listener->address);
        PACK_NUMBER(pack, listener->mode, 0777);
        PACK_NUMBER(pack, listener->group, UINT32_MAX);
        PACK_NUMBER(pack, listener->is_admin, 1);
        if (pack->is_reading && pack->error == 0 &&
            (!listener->address || !listener_is_address(listener->address)))
            pack->error = -EBADMSG;
    }
    pack_text(pack, &settings->log_path);
    PACK_NUMBER(pack, settings->log_group, UINT32_MAX);
    if (pack->is_reading && pack->error == 0 && (settings->n_keepers == 0 || n > LOAD_MOST_LISTENERS))
        pack->error = -EBADMSG;
}

void load_settings_deinit(struct load_settings *settings)
{
    for (size_t i = 0; i < settings->n_listeners; i++)
        free(settings->listeners[i].address);
    free(settings->listeners);
    free(settings->log_path);
    *settings = (struct load_settings){0};
}

static void skip_file(struct pack *pack)
{
    _cleanup_(freep) char *path = NULL, *text = NULL;
    size_t size;

    pack_text(pack, &path);
    pack_bytes(pack, &text, &size);
}

static int parse(struct load *load)
{
    struct pack pack = PACK_READ(load->bytes, load->size);
    size_t n;

    load_settings_pack(&pack, &load->settings);
    n = pack_list(&pack, (void **)&load->profiles, &load->n_profiles, sizeof(*load->profiles));
    if (n > LOAD_MOST_PROFILES)
        return -EBADMSG;
    for (size_t i = 0; i < n; i++) {
        profile_pack(&pack, &load->profiles[i]);
        skip_file(&pack);
    }
    skip_file(&pack);
    return pack_end(&pack);
}

void load_fds_close(struct load_fds *fds)
{
    fd_closep(&fds->profiles);
    fd_closep(&fds->access);
    fd_closep(&fds->page);
}

int load_begin(int (*call)(void *arg, const struct load_fds *fds), void *arg, struct loading *ret)
{
    _cleanup_(load_fds_close) struct load_fds fds = {.profiles = memfd_create("profiles", MFD_CLOEXEC),
                                                     .access = memfd_create("access", MFD_CLOEXEC),
                                                     .page = memfd_create("page", MFD_CLOEXEC)};
    const pid_t parent = getpid();
    pid_t pid;

    if (fds.profiles < 0 || fds.access < 0 || fds.page < 0)
        return -errno;
    pid = fork();
    if (pid == 0)
        child(call, arg, &fds, parent);
    if (pid < 0)
        return -errno;
    *ret = (struct loading){.pid = pid, .fds = fds};
    fds = (struct load_fds)LOAD_FDS_NONE;
    return 0;
}

static int result_of(int status)
{
    if (WIFSIGNALED(status))
        return WTERMSIG(status) == SIGALRM ? -ETIME : -EBADMSG;
    return WEXITSTATUS(status) > LOAD_E_TOLD ? -EBADMSG : WEXITSTATUS(status);
}

/* Reads the reason that the child has left. */
static void read_reason(int fd, char ret[LOAD_REASON_ROOM])
{
    ssize_t size = pread(fd, ret, LOAD_REASON_ROOM - 1, 0);

    ret[size > 0 ? size : 0] = '\0';
}

int load_end(struct loading *loading, int status, struct load *ret)
{
    _cleanup_(fd_closep) int fd = fd_steal(&loading->fds.profiles);
    int r = result_of(status);

    loading->pid = 0;
    *loading->reason = '\0';
    if (r == LOAD_E_TOLD)
        read_reason(fd, loading->reason);
    *ret = (struct load)LOAD_NONE;
    ret->fds = loading->fds;
    loading->fds = (struct load_fds)LOAD_FDS_NONE;
    if (r == 0 && lseek(fd, 0, SEEK_SET) < 0)
        r = -errno;
    if (r == 0)
        r = fd_read_all(fd, MOST_BYTES, &ret->bytes, &ret->size);
    if (r == 0)
        r = parse(ret);
    if (r != 0)
        load_deinit(ret);
    return r;
}

int load_profiles(int (*call)(void *arg, const struct load_fds *fds), void *arg, struct load *ret,
                  struct fault *fault)
{
    struct loading loading = LOADING_NONE;
    int r = load_begin(call, arg, &loading), status;

    if (r < 0)
        return fault_set(fault, FAULT_PROFILES, r);
    while (waitpid(loading.pid, &status, 0) < 0)
        if (errno != EINTR)
            return fault_set(fault, FAULT_PROFILES, -errno);
    r = load_end(&loading, status, ret);
    return r < 0 ? fault_set(fault, FAULT_PROFILES, r) : r;
}

void load_deinit(struct load *load)
{
    for (size_t i = 0; i < load->n_profiles; i++)
        profile_deinit(&load->profiles[i]);
    free(load->profiles);
    free(load->bytes);
    load_fds_close(&load->fds);
    load_settings_deinit(&load->settings);
    *load = (struct load)LOAD_NONE;
}
