/* SPDX-License-Identifier: MIT */
/* A shorter BPF program with the same answers. */
#ifndef EXRUN_SANDBOX_POLICY_SHORTEN_H
#define EXRUN_SANDBOX_POLICY_SHORTEN_H

#include <linux/filter.h>
#include <stdint.h>

/* Replaces @program, which libseccomp exported for the one architecture @arch (AUDIT_ARCH_*), by a shorter
 * one that returns the same for each call, in the same memory. The kernel must accept @program
 * (bpf_check_classic()): its jumps stay inside of it. The kernel compiles a program for each cell, in a time
 * that grows with its length (seccomp_prepare_filter(), Linux 6.18). libseccomp compares each number of a
 * syscall by itself; here, neighbours with the same answer are a range. A program of an unknown shape, or one
 * that would not get shorter, stays as it is. Returns 0 or -ENOMEM. */
int policy_shorten(uint32_t arch, struct sock_fprog *program);

#endif
