/* SPDX-License-Identifier: MIT */
/* The form of a rule about a syscall, and the rules that all languages share. Plain data: the compiler to BPF
 * reads policy_common[] and policy_common_denied[], and nothing here needs libseccomp. */
#ifndef EXRUN_SANDBOX_POLICY_COMMON_H
#define EXRUN_SANDBOX_POLICY_COMMON_H

#include <stddef.h>
#include <stdint.h>

enum policy_action {
    POLICY_ALLOW,
    POLICY_ERRNO, /* the call fails with this error, and the program goes on */
    POLICY_SKIP,  /* the call returns 0 and does nothing */
    POLICY_DENY,  /* the supervisor is notified (user notification), names the call and ends the run */
    POLICY_LOCK,  /* the supervisor is notified, and answers according to the file: run/locks.h */
};

enum policy_when {
    POLICY_ALWAYS,
    POLICY_EQUAL,        /* argument == value, all 64 bits */
    POLICY_NOT_EQUAL,    /* argument != value, all 64 bits */
    POLICY_MASKED_EQUAL, /* (argument & mask) == value */
    POLICY_ZEROS,        /* this argument and all before it are 0 */
};

struct policy_rule {
    const char *syscall;
    enum policy_action action;
    int error; /* positive, for POLICY_ERRNO */
    enum policy_when when;
    unsigned int argument; /* 0 is the first */
    uint64_t mask;
    uint64_t value;
    struct {
        unsigned int argument; /* 0: there is only one condition */
        uint64_t mask, value;
    } also;            /* with POLICY_MASKED_EQUAL, a second argument that must match too */
    const char *layer; /* name of the layer, so that a test can disable it; NULL: depends on the action */
    const char *what;  /* for POLICY_DENY and _LOCK: the call's purpose, in words that follow "denied: " */
};

/* Calls that only an attack makes. Each is POLICY_DENY, POLICY_ALWAYS. */
struct policy_deny_group {
    const char *layer; /* name of the layer, so that a test can disable it */
    const char *what;
    const char *const *syscalls; /* ends in NULL */
};

extern const struct policy_rule policy_common[];
extern const size_t n_policy_common;

extern const struct policy_deny_group policy_common_denied[];
extern const size_t n_policy_common_denied;

#endif
