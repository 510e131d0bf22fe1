/* SPDX-License-Identifier: MIT */
/* The identity of a cell's processes, which has no rights. */
#include "sandbox/inside/identity.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox/base/layer_off.h"

#define SECUREBITS                                                                                   \
    (SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP | SECBIT_NO_SETUID_FIXUP_LOCKED | \
     SECBIT_KEEP_CAPS_LOCKED | SECBIT_NO_CAP_AMBIENT_RAISE | SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED)

#define N_CAPABILITIES 64 /* bits in the two words that capset(2) takes */

/* Sets the effective and permitted capabilities with capset(2), and clears the inheritable ones. Returns 0 or
 * -errno. */
static int set_capabilities(uint64_t set)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {0};

    for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++)
        data[i].effective = data[i].permitted = (uint32_t)(set >> 32 * i);
    return syscall(SYS_capset, &header, data) < 0 ? -errno : 0;
}

int identity_empty_bounding_set(void)
{
    if (layer_off("bounding-set") || layer_off("capabilities"))
        return 0;
    for (unsigned long capability = 0; capability < N_CAPABILITIES; capability++) {
        int has = prctl(PR_CAPBSET_READ, capability, 0, 0, 0);

        if (has < 0)
            break; /* the kernel has no further capabilities */
        if (has && prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0)
            return -errno;
    }
    return prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0 ? -errno : 0;
}

int identity_lower(const struct identity *identity)
{
    int r = identity_empty_bounding_set();

    if (r < 0)
        return r;
    if (!identity->keeps_groups && !layer_off("groups") && syscall(SYS_setgroups, 0, NULL) < 0)
        return -errno;
    if (!layer_off("capabilities") && prctl(PR_SET_SECUREBITS, SECUREBITS, 0, 0, 0) < 0)
        return -errno;
    if (!layer_off("no-new-privs") && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return -errno;
    return layer_off("capabilities") ? 0 : set_capabilities(identity->lower);
}

/* For tests: changes the user ID but keeps root's capabilities, over execve(2) too. Returns 0 or -errno. */
static int keep_capabilities(uid_t uid)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

    if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0 || syscall(SYS_setresgid, uid, uid, uid) < 0 ||
        syscall(SYS_setresuid, uid, uid, uid) < 0 || syscall(SYS_capget, &header, data) < 0)
        return -errno;
    for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++)
        data[i].effective = data[i].inheritable = data[i].permitted;
    if (syscall(SYS_capset, &header, data) < 0)
        return -errno;
    for (unsigned long capability = 0; capability < N_CAPABILITIES; capability++)
        prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0);
    return 0;
}

int identity_drop(uid_t uid)
{
    if (layer_off("capabilities"))
        return keep_capabilities(uid);
    if (syscall(SYS_setresgid, uid, uid, uid) < 0 || syscall(SYS_setresuid, uid, uid, uid) < 0)
        return -errno;
    /* This must come before the capabilities are dropped. If a user has no subordinate IDs, the program and
     * PID 1 have the same user ID; once nothing else distinguishes them, the program could open PID 1's
     * memory (ptrace(2), access mode checking). */
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
        return -errno;
    return set_capabilities(0);
}

static bool ids_are(uid_t uid)
{
    uid_t real, effective, saved;

    if (syscall(SYS_getresuid, &real, &effective, &saved) < 0 || real != uid || effective != uid ||
        saved != uid)
        return false;
    if (syscall(SYS_getresgid, &real, &effective, &saved) < 0 || real != uid || effective != uid ||
        saved != uid)
        return false;
    return true;
}

static bool capabilities_are_none(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

    if (syscall(SYS_capget, &header, data) < 0)
        return false;
    for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++)
        if (data[i].effective | data[i].permitted | data[i].inheritable)
            return false;
    /* Capabilities in the ambient set are always both permitted and inheritable (capabilities(7)), so it
     * needs no check. */
    return true;
}

static bool bounding_set_is_empty(void)
{
    for (unsigned long capability = 0; capability < N_CAPABILITIES; capability++) {
        int has = prctl(PR_CAPBSET_READ, capability, 0, 0, 0);

        if (has != 0)
            return has < 0; /* the kernel has no further capabilities */
    }
    return true;
}

int identity_verify(const struct identity *identity, uid_t uid)
{
    if (!layer_off_any() && !bounding_set_is_empty())
        return -EPERM;
    return identity_verify_clone(identity, uid);
}

int identity_verify_clone(const struct identity *identity, uid_t uid)
{
    if (layer_off_any())
        return 0;
    if (uid == 0 || !ids_are(uid) || !capabilities_are_none())
        return -EPERM;
    if (!identity->keeps_groups && syscall(SYS_getgroups, 0, NULL) != 0)
        return -EPERM;
    if (prctl(PR_GET_SECUREBITS, 0, 0, 0, 0) != SECUREBITS || prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
        return -EPERM;
    return 0;
}
