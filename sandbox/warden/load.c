/* SPDX-License-Identifier: MIT */
/* The profiles of the service, which a child without privileges reads. */
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
static void child(int (*call)(void *arg, int fd), void *arg, int fd, pid_t parent)
{
    const struct identity none = {.lower = 0, .keeps_groups = true};

    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0 || getppid() != parent || identity_lower(&none) < 0)
        _exit(1);
    alarm(MOST_SECONDS);
    _exit(call(arg, fd) < 0);
}

static int wait_for(pid_t pid)
{
    int status;

    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -errno;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -EBADMSG;
}

static int parse(struct load *load)
{
    struct pack pack = PACK_READ(load->bytes, load->size);
    size_t n = pack_list(&pack, (void **)&load->profiles, &load->n_profiles, sizeof(*load->profiles));

    if (n > LOAD_MOST_PROFILES)
        return -EBADMSG;
    for (size_t i = 0; i < n; i++) {
        _cleanup_(freep) char *path = NULL, *text = NULL;
        size_t size;

        profile_pack(&pack, &load->profiles[i]);
        pack_text(&pack, &path);
        pack_bytes(&pack, &text, &size);
    }
    return pack_end(&pack);
}

static int load(int (*call)(void *arg, int fd), void *arg, struct load *ret)
{
    _cleanup_(fd_closep) int fd = memfd_create("profiles", MFD_CLOEXEC);
    const pid_t parent = getpid();
    pid_t pid;
    int r;

    if (fd < 0)
        return -errno;
    pid = fork();
    if (pid == 0)
        child(call, arg, fd, parent);
    if (pid < 0)
        return -errno;
    r = wait_for(pid);
    if (r == 0 && lseek(fd, 0, SEEK_SET) < 0)
        r = -errno;
    if (r == 0)
        r = fd_read_all(fd, MOST_BYTES, &ret->bytes, &ret->size);
    return r < 0 ? r : parse(ret);
}

int load_profiles(int (*call)(void *arg, int fd), void *arg, struct load *ret, struct fault *fault)
{
    int r;

    *ret = (struct load){0};
    r = load(call, arg, ret);
    if (r == 0)
        return 0;
    load_deinit(ret);
    return fault_set(fault, FAULT_PROFILES, r);
}

void load_deinit(struct load *load)
{
    for (size_t i = 0; i < load->n_profiles; i++)
        profile_deinit(&load->profiles[i]);
    free(load->profiles);
    free(load->bytes);
    *load = (struct load){0};
}
