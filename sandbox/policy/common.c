/* SPDX-License-Identifier: MIT */
/* The syscalls of every language: allowed, failing with an error, or ending the run.
 *
 * The promise: a program that does not attack anything notices this table only by an error that it can
 * handle, and the result names the syscall of an attack. The table was found by running programs in eleven
 * languages under strace, not from memory. docs/policy.md describes how, and tests/kit/measure_calls.sh
 * repeats it for any command.
 *
 * Rules for a change:
 * - A syscall that no rule names fails with ENOSYS, as on a kernel that lacks it. That is the right answer
 *   for most of the kernel, and it leaves room, because a profile can allow a syscall that no rule names. No
 *   rule returns ENOSYS itself, because libseccomp refuses (EACCES) a rule that does the same as the default.
 * - A syscall is allowed if a program was seen to need it, or if it is an older or newer entry to the same
 *   code (open for openat), because other libcs, static programs and Go programs use those. "It would be
 *   harmless" is not a reason.
 * - A syscall that takes commands (ioctl, prctl, fcntl, setsockopt) is allowed by command. The kernel reads
 *   32 bits of these, so the rules do too: the upper half must neither allow nor hide anything.
 * - An error other than ENOSYS is given if the true reason is a missing permission or feature, and programs
 *   can continue after that error.
 * - A lock is trapped, because a filter can't see which file it is on or how many locks there are
 *   (run/locks.h).
 * - A syscall is denied only if no legitimate program was seen to call it. If in doubt, use an error,
 *   because a false "denied" ends the run of an innocent program, while a missing one loses only a name.
 * - A syscall has either one rule without a condition, or rules whose conditions exclude each other or that
 *   have the same action, because an unconditional rule makes libseccomp drop all others. A rule looks at one
 *   argument, except for SETFL (two) and OF_ITSELF (several).
 *
 * Numbers of commands and flags are written out, because the headers that define them exclude each other, or
 * are newer than the kernel. */
#include "sandbox/policy/common.h"

#include <errno.h>
#include <sys/socket.h>

#define LOW_32 UINT64_C(0xffffffff)

#define ALLOW(call)                              \
    {                                            \
        .syscall = #call, .action = POLICY_ALLOW \
    }
#define ALLOW_MASKED(call, nth, bits, wanted)                                                     \
    {                                                                                             \
        .syscall = #call, .action = POLICY_ALLOW, .when = POLICY_MASKED_EQUAL, .argument = (nth), \
        .mask = (bits), .value = (wanted)                                                         \
    }
#define ALLOW_COMMAND(call, nth, command) ALLOW_MASKED(call, nth, LOW_32, command)
#define FAIL(call, number)                                          \
    {                                                               \
        .syscall = #call, .action = POLICY_ERRNO, .error = (number) \
    }
/* Files that are lent to a cell belong to the host, with its disk and its page cache. A syscall that would
 * make the host write, read ahead, or evict does nothing instead. A syscall that requests the disk itself
 * fails as on a file system without that feature. */
#define HOST_FILES "policy-host-files"
#define SKIP(call)                                                     \
    {                                                                  \
        .syscall = #call, .action = POLICY_SKIP, .layer = (HOST_FILES) \
    }
#define SKIP_MASKED(call, nth, bits, wanted)                                                     \
    {                                                                                            \
        .syscall = #call, .action = POLICY_SKIP, .when = POLICY_MASKED_EQUAL, .argument = (nth), \
        .mask = (bits), .value = (wanted), .layer = (HOST_FILES)                                 \
    }
#define FAIL_MASKED(call, nth, bits, number)                                                      \
    {                                                                                             \
        .syscall = #call, .action = POLICY_ERRNO, .error = (number), .when = POLICY_MASKED_EQUAL, \
        .argument = (nth), .mask = (bits), .value = (bits), .layer = (HOST_FILES)                 \
    }
#define NO_DIRECT(call, nth) \
    ALLOW_MASKED(call, nth, O_DIRECT_FLAG, 0), FAIL_MASKED(call, nth, O_DIRECT_FLAG, EINVAL)
#define DENY_MASKED(call, nth, bits, wanted, words)                                              \
    {                                                                                            \
        .syscall = #call, .action = POLICY_DENY, .when = POLICY_MASKED_EQUAL, .argument = (nth), \
        .mask = (bits), .value = (wanted), .what = (words)                                       \
    }
#define LOCK_COMMAND(call, command)                                                                          \
    {                                                                                                        \
        .syscall = #call, .action = POLICY_LOCK, .when = POLICY_MASKED_EQUAL, .argument = 1, .mask = LOW_32, \
        .value = (command), .what = "locking files that are not its own"                                     \
    }
#define NO_OFD_LOCK(command)                                                                      \
    {                                                                                             \
        .syscall = "fcntl", .action = POLICY_ERRNO, .error = EINVAL, .when = POLICY_MASKED_EQUAL, \
        .argument = 1, .mask = LOW_32, .value = (command), .layer = "policy-locks"                \
    }
#define MS_SYNC_FLAG UINT64_C(4)       /* msync(2) */
#define O_DIRECT_FLAG UINT64_C(0x4000) /* open(2), x86-64 */
/* preadv2(2): all flags except RWF_DSYNC, _SYNC, _APPEND and _NOAPPEND, which only a writer can use.
 * RWF_NOWAIT reveals the contents of the page cache, RWF_DONTCACHE (6.14) evicts from it, and newer flags are
 * unknown. */
#define RWF_OTHERS (LOW_32 & ~UINT64_C(0x36))
#define SETFL(what, number, flag)                                                                            \
    {                                                                                                        \
        .syscall = "fcntl", .action = (what), .error = (number), .when = POLICY_MASKED_EQUAL, .argument = 1, \
        .mask = LOW_32, .value = 4, .also = {2, O_DIRECT_FLAG, (flag)}, .layer = (HOST_FILES)                \
    }
#define ADVICE(number) ALLOW_COMMAND(madvise, 2, number)
#define NO_ADVICE(number)                                                                           \
    {                                                                                               \
        .syscall = "madvise", .action = POLICY_ERRNO, .error = EINVAL, .when = POLICY_MASKED_EQUAL, \
        .argument = 2, .mask = LOW_32, .value = (number), .layer = (HOST_FILES)                     \
    }
#define UNIX_ONLY(call)                                                                                     \
    {.syscall = #call, .action = POLICY_ALLOW, .when = POLICY_EQUAL, .argument = 0, .value = AF_UNIX},      \
    {                                                                                                       \
        .syscall = #call, .action = POLICY_ERRNO, .error = EACCES, .when = POLICY_NOT_EQUAL, .argument = 0, \
        .value = AF_UNIX                                                                                    \
    }
#define NOT_OF_OTHERS(call, nth)                                                            \
    {                                                                                       \
        .syscall = #call, .action = POLICY_ERRNO, .error = EPERM, .when = POLICY_NOT_EQUAL, \
        .argument = (nth)                                                                   \
    }
#define OF_ITSELF(call, last)                                                              \
    {                                                                                      \
        .syscall = #call, .action = POLICY_ALLOW, .when = POLICY_ZEROS, .argument = (last) \
    }
#define DENY_FLAG(call, nth, flag, words) DENY_MASKED(call, nth, flag, flag, words)
#define DENY_COMMAND(call, nth, command, words) DENY_MASKED(call, nth, LOW_32, command, words)

/* The flags that create a namespace: NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. For
 * clone, the lowest byte is the signal at the end. No signal has the bit 0x80, so naming NEWTIME harms no
 * caller. */
#define NAMESPACE_FLAGS UINT64_C(0x7e020080)
#define CLONE_PTRACE_FLAG UINT64_C(0x00002000) /* passes the child to the caller's tracer */
#define CLONE_PARENT_FLAG UINT64_C(0x00008000) /* makes the new child a child of the cell's PID 1 */

#define CLONE_FILES_FLAG UINT64_C(0x00000400)
#define CLONE_THREAD_FLAG UINT64_C(0x00010000)
#define CLONE_REFUSED (NAMESPACE_FLAGS | CLONE_PTRACE_FLAG | CLONE_PARENT_FLAG)

#define DENY_NAMESPACE(call, flag) \
    DENY_FLAG(call, 0, UINT64_C(flag), "creating namespaces (isolation as in containers)")
#define DENY_NAMESPACES(call)                                                                             \
    DENY_NAMESPACE(call, 0x00000080), DENY_NAMESPACE(call, 0x00020000), DENY_NAMESPACE(call, 0x02000000), \
        DENY_NAMESPACE(call, 0x04000000), DENY_NAMESPACE(call, 0x08000000),                               \
        DENY_NAMESPACE(call, 0x10000000), DENY_NAMESPACE(call, 0x20000000), DENY_NAMESPACE(call, 0x40000000)

/* One call per line would hide the topics. */
/* clang-format off */
const struct policy_rule policy_common[] = {
    /* Bytes in and out of descriptors. copy_file_range (cp, cat) and sendfile (Python, Java) are allowed. Not
     * splice, tee and vmsplice, because no program was seen to call them, and they have made the page cache
     * writable (CVE-2022-0847). */
    ALLOW(read), ALLOW(write), ALLOW(readv), ALLOW(writev), ALLOW(pread64), ALLOW(pwrite64), ALLOW(preadv),
    ALLOW(pwritev), ALLOW_MASKED(preadv2, 5, RWF_OTHERS, 0), ALLOW_MASKED(pwritev2, 5, RWF_OTHERS, 0), ALLOW(lseek), ALLOW(sendfile), ALLOW(copy_file_range),
    SKIP(fadvise64), ALLOW(fallocate), ALLOW(truncate), ALLOW(ftruncate),

    /* Writing out. The workspace is a tmpfs, which has no disk. All other files belong to the host, and its
     * journal and disk would be flushed even through a read-only descriptor (fsync(2),
     * sync_file_range(2)). */
    SKIP(fsync), SKIP(fdatasync), SKIP(sync_file_range), SKIP(sync), SKIP(syncfs),
    ALLOW_MASKED(msync, 2, MS_SYNC_FLAG, 0), SKIP_MASKED(msync, 2, MS_SYNC_FLAG, MS_SYNC_FLAG),

    /* Descriptors. */
    NO_DIRECT(open, 1), NO_DIRECT(openat, 2), ALLOW(creat), ALLOW(close), ALLOW(close_range), ALLOW(dup), ALLOW(dup2),
    ALLOW(dup3), ALLOW(pipe), ALLOW(pipe2),
    /* LOCK_SH and LOCK_EX, with LOCK_NB and without. LOCK_UN can do no harm. */
    LOCK_COMMAND(flock, 1), LOCK_COMMAND(flock, 2), LOCK_COMMAND(flock, 5), LOCK_COMMAND(flock, 6),
    ALLOW_COMMAND(flock, 1, 8), ALLOW_COMMAND(flock, 1, 12),
    ALLOW_COMMAND(fcntl, 1, 0),     /* F_DUPFD */
    ALLOW_COMMAND(fcntl, 1, 1),     /* F_GETFD */
    ALLOW_COMMAND(fcntl, 1, 2),     /* F_SETFD */
    ALLOW_COMMAND(fcntl, 1, 3),     /* F_GETFL */
    SETFL(POLICY_ALLOW, 0, 0),      /* F_SETFL, without O_DIRECT and with it */
    SETFL(POLICY_ERRNO, EINVAL, O_DIRECT_FLAG),
    ALLOW_COMMAND(fcntl, 1, 5),     /* F_GETLK */
    LOCK_COMMAND(fcntl, 6),         /* F_SETLK */
    LOCK_COMMAND(fcntl, 7),         /* F_SETLKW */
    /* Locks of open files fail as on a kernel before 3.15, because no runtime needs them, and the kernel's
     * walks over them at exit are the longest. */
    NO_OFD_LOCK(36), NO_OFD_LOCK(37), NO_OFD_LOCK(38),
    ALLOW_COMMAND(fcntl, 1, 0x406), /* F_DUPFD_CLOEXEC */
    ALLOW_COMMAND(fcntl, 1, 0x407), /* F_SETPIPE_SZ */
    ALLOW_COMMAND(fcntl, 1, 0x408), /* F_GETPIPE_SZ */

    /* ioctl: terminal or not, its width, number of readable bytes, blocking or not, close-on-exec or not. */
    ALLOW_COMMAND(ioctl, 1, 0x5401),                          /* TCGETS */
    ALLOW_COMMAND(ioctl, 1, 0x540f),                          /* TIOCGPGRP */
    ALLOW_COMMAND(ioctl, 1, 0x5413),                          /* TIOCGWINSZ */
    ALLOW_COMMAND(ioctl, 1, 0x541b),                          /* FIONREAD */
    ALLOW_COMMAND(ioctl, 1, 0x5421),                          /* FIONBIO */
    ALLOW_COMMAND(ioctl, 1, 0x5450),                          /* FIONCLEX */
    ALLOW_COMMAND(ioctl, 1, 0x5451),                          /* FIOCLEX */
    DENY_COMMAND(ioctl, 1, 0x5412, "typing into a terminal"), /* TIOCSTI */
    DENY_COMMAND(ioctl, 1, 0x541c, "typing into a terminal"), /* TIOCLINUX: pastes on a console */

    /* Names, and information about a file. Not name_to_handle_at, nor openat2. */
    ALLOW(stat), ALLOW(fstat), ALLOW(lstat), ALLOW(newfstatat), ALLOW(statx), ALLOW(statfs), ALLOW(fstatfs),
    ALLOW(access), ALLOW(faccessat), ALLOW(faccessat2), ALLOW(readlink), ALLOW(readlinkat), ALLOW(getdents),
    ALLOW(getdents64), ALLOW(getcwd), ALLOW(chdir), ALLOW(fchdir), ALLOW(umask), ALLOW(mkdir),
    ALLOW(mkdirat), ALLOW(rmdir), ALLOW(unlink), ALLOW(unlinkat), ALLOW(rename), ALLOW(renameat),
    ALLOW(renameat2), ALLOW(link), ALLOW(linkat), ALLOW(symlink), ALLOW(symlinkat), ALLOW(chmod),
    ALLOW(fchmod), ALLOW(fchmodat), ALLOW(chown), ALLOW(lchown), ALLOW(fchown), ALLOW(fchownat),
    ALLOW(utime), ALLOW(utimes), ALLOW(utimensat), ALLOW(futimesat),
    ALLOW_MASKED(mknod, 1, 0170000, 0010000), /* a FIFO and nothing else: mkfifo of PHP, Python, coreutils */
    ALLOW_MASKED(mknodat, 2, 0170000, 0010000),

    /* "This file system does not support it": ls, cp, find and Python's shutil try it and continue. */
    FAIL(getxattr, EOPNOTSUPP), FAIL(lgetxattr, EOPNOTSUPP), FAIL(fgetxattr, EOPNOTSUPP),
    FAIL(listxattr, EOPNOTSUPP), FAIL(llistxattr, EOPNOTSUPP), FAIL(flistxattr, EOPNOTSUPP),
    FAIL(setxattr, EOPNOTSUPP), FAIL(lsetxattr, EOPNOTSUPP), FAIL(fsetxattr, EOPNOTSUPP),
    FAIL(removexattr, EOPNOTSUPP), FAIL(lremovexattr, EOPNOTSUPP), FAIL(fremovexattr, EOPNOTSUPP),

    /* Memory. Not memfd_create, because its files can be executed even if those in the workspace can't, and
     * no program requested one. Not userfaultfd (it makes races in the kernel winnable), nor NUMA
     * placement. */
    ALLOW(brk), ALLOW(mmap), ALLOW(munmap), ALLOW(mprotect), ALLOW(mremap),
    /* Advice that runtimes give: 0 to 2 on reading, 4 DONTNEED, 8 FREE, 9 REMOVE, 10 and 11 on fork, 14 and
     * 15 on huge pages, 16 and 17 on core dumps, 18 and 19 on fork, 22 and 23 POPULATE_*. Not MERGEABLE,
     * because cells would share pages and could notice it, nor COLD, PAGEOUT and COLLAPSE, because they
     * affect the host's page cache. */
    ADVICE(0), ADVICE(1), ADVICE(2), ADVICE(4), ADVICE(8), ADVICE(9), ADVICE(10), ADVICE(11), ADVICE(14),
    ADVICE(15), ADVICE(16), ADVICE(17), ADVICE(18), ADVICE(19), ADVICE(22), ADVICE(23),
    SKIP_MASKED(madvise, 2, LOW_32, 3), /* WILLNEED: the host would read ahead */
    NO_ADVICE(12), NO_ADVICE(13), NO_ADVICE(20), NO_ADVICE(21), NO_ADVICE(25),
    FAIL(mlock, EPERM), FAIL(mlock2, EPERM), FAIL(mlockall, EPERM),

    /* Programs and threads. Not clone3, because it keeps its flags in memory, which a filter can't read;
     * glibc falls back to clone. Not execveat: fexecve falls back to /proc/self/fd. */
    ALLOW(execve), ALLOW(fork), ALLOW(vfork), ALLOW(wait4), ALLOW(waitid), ALLOW(exit), ALLOW(exit_group),
    ALLOW(futex), ALLOW(set_robust_list), ALLOW(set_tid_address), ALLOW(rseq), ALLOW(pidfd_open),
    ALLOW_COMMAND(arch_prctl, 0, 0x1002), /* ARCH_SET_FS: each start of a program */
    /* Threads share their descriptors. Other processes were not seen to share them, and could change a
     * descriptor while it is being checked (run/locks.h). */
    ALLOW_MASKED(clone, 0, CLONE_REFUSED | CLONE_FILES_FLAG, 0),
    ALLOW_MASKED(clone, 0, CLONE_REFUSED | CLONE_FILES_FLAG | CLONE_THREAD_FLAG, CLONE_FILES_FLAG | CLONE_THREAD_FLAG),
    DENY_NAMESPACES(clone),
    DENY_NAMESPACES(unshare), /* unshare without these flags is merely unknown */

    /* Settings of a process for itself. */
    ALLOW_COMMAND(prctl, 0, 1),          /* PR_SET_PDEATHSIG */
    ALLOW_COMMAND(prctl, 0, 3),          /* PR_GET_DUMPABLE */
    ALLOW_COMMAND(prctl, 0, 15),         /* PR_SET_NAME */
    ALLOW_COMMAND(prctl, 0, 16),         /* PR_GET_NAME */
    ALLOW_COMMAND(prctl, 0, 23),         /* PR_CAPBSET_READ: libcap, as ps loads it */
    ALLOW_COMMAND(prctl, 0, 38),         /* PR_SET_NO_NEW_PRIVS: already set */
    ALLOW_COMMAND(prctl, 0, 41),         /* PR_SET_THP_DISABLE: Ruby */
    ALLOW_COMMAND(prctl, 0, 0x53564d41), /* PR_SET_VMA: PHP names its heap */

    /* Identity. Without a capability, the set*id calls can't affect any other user, and the kernel checks
     * that itself. But setting an ID to its present value must work, because make starts its commands with
     * posix_spawn and RESETIDS. */
    ALLOW(getpid), ALLOW(getppid), ALLOW(gettid), ALLOW(getuid), ALLOW(geteuid), ALLOW(getgid),
    ALLOW(getegid), ALLOW(getresuid), ALLOW(getresgid), ALLOW(getgroups), ALLOW(getpgid), ALLOW(getpgrp),
    ALLOW(setpgid), ALLOW(getsid), ALLOW(setsid), ALLOW(capget), ALLOW(setuid), ALLOW(setgid),
    ALLOW(setreuid), ALLOW(setregid), ALLOW(setresuid), ALLOW(setresgid), FAIL(setgroups, EPERM),
    FAIL(capset, EPERM),

    /* The machine, limits and shares. Pinning a process to a CPU would be choosing its neighbours. If the
     * user has no subordinate IDs, PID 1 and the program have the same user, so a program that could change
     * the limits of other processes could set PID 1's CPU time to 0. That would kill it, and the run would
     * count as lost (END_LOST). */
    ALLOW(uname), ALLOW(sysinfo), ALLOW(getrandom), ALLOW(getrlimit), ALLOW(setrlimit),
    OF_ITSELF(prlimit64, 0), NOT_OF_OTHERS(prlimit64, 0),
    OF_ITSELF(setpriority, 1), NOT_OF_OTHERS(setpriority, 0), NOT_OF_OTHERS(setpriority, 1), /* which, who */
    ALLOW(getrusage), ALLOW(times), ALLOW(getpriority), ALLOW(sched_yield),
    ALLOW(sched_getaffinity), ALLOW(sched_getparam), ALLOW(sched_getscheduler),
    ALLOW(sched_get_priority_max), ALLOW(sched_get_priority_min), ALLOW(getcpu),
    FAIL(sched_setaffinity, EPERM), FAIL(sched_setscheduler, EPERM), FAIL(sched_setparam, EPERM),
    FAIL(sched_setattr, EPERM), FAIL(syslog, EPERM),

    /* Commands that beginners try in a shell ("hostname x", "date -s"). They fail, but they are not an
     * attack. */
    FAIL(sethostname, EPERM), FAIL(setdomainname, EPERM), FAIL(clock_settime, EPERM), FAIL(settimeofday, EPERM),

    /* Time. timer_create only on REALTIME and MONOTONIC, which timeout(1) and Ruby use, because the clocks of
     * a process's CPU time were a way into the kernel (CVE-2025-38352). */
    ALLOW(time), ALLOW(gettimeofday), ALLOW(clock_gettime), ALLOW(clock_getres), ALLOW(nanosleep),
    ALLOW(clock_nanosleep), ALLOW(alarm), ALLOW(getitimer), ALLOW(setitimer),
    ALLOW_COMMAND(timer_create, 0, 0), ALLOW_COMMAND(timer_create, 0, 1), ALLOW(timer_settime),
    ALLOW(timer_gettime), ALLOW(timer_getoverrun), ALLOW(timer_delete), ALLOW(timerfd_create),
    ALLOW(timerfd_settime), ALLOW(timerfd_gettime),

    /* Signals. The cell is a PID namespace, so they can reach only processes inside it. */
    ALLOW(rt_sigaction), ALLOW(rt_sigprocmask), ALLOW(rt_sigreturn), ALLOW(rt_sigpending),
    ALLOW(rt_sigtimedwait), ALLOW(rt_sigsuspend), ALLOW(rt_sigqueueinfo), ALLOW(rt_tgsigqueueinfo),
    ALLOW(sigaltstack), ALLOW(kill), ALLOW(tkill), ALLOW(tgkill), ALLOW(pidfd_send_signal), ALLOW(pause),
    ALLOW(restart_syscall), ALLOW(signalfd), ALLOW(signalfd4),

    /* Waiting for several events. Not io_uring. Not inotify, which a profile can add: programs that watch
     * files fall back to polling, or report an error. */
    ALLOW(poll), ALLOW(ppoll), ALLOW(select), ALLOW(pselect6), ALLOW(epoll_create), ALLOW(epoll_create1),
    ALLOW(epoll_ctl), ALLOW(epoll_wait), ALLOW(epoll_pwait), ALLOW(epoll_pwait2), ALLOW(eventfd),
    ALLOW(eventfd2),

    /* Sockets between the cell's own processes. All others fail with "permission denied", which programs
     * report as their own error. Only the options that were seen are allowed, because others do harm.
     * SO_ATTACH_FILTER, for example, would give the kernel a program to run. Not netlink, which programs use
     * to list interfaces: the messages that wait in its sockets are not charged to a cgroup. */
    UNIX_ONLY(socket), UNIX_ONLY(socketpair),
    ALLOW(connect), ALLOW(bind), ALLOW(listen), ALLOW(accept), ALLOW(accept4), ALLOW(sendto),
    ALLOW(recvfrom), ALLOW(sendmsg), ALLOW(recvmsg), ALLOW(shutdown), ALLOW(getsockname), ALLOW(getpeername),
    ALLOW(getsockopt), ALLOW_COMMAND(setsockopt, 2, SO_REUSEADDR), ALLOW_COMMAND(setsockopt, 2, SO_SNDBUF),
    ALLOW_COMMAND(setsockopt, 2, SO_RCVBUF), ALLOW_COMMAND(setsockopt, 2, SO_KEEPALIVE),
    ALLOW_COMMAND(setsockopt, 2, SO_REUSEPORT), ALLOW_COMMAND(setsockopt, 2, SO_RCVTIMEO),
    ALLOW_COMMAND(setsockopt, 2, SO_SNDTIMEO),

    /* System V's shared memory, semaphores and queues (PHP's shmop and sysv extensions). The cell has its own
     * IPC namespace, so they end with it. No program requested POSIX queues. */
    ALLOW(shmget), ALLOW(shmat), ALLOW(shmdt), ALLOW(shmctl), ALLOW(semget), ALLOW(semop), ALLOW(semtimedop),
    ALLOW(semctl), ALLOW(msgget), ALLOW(msgsnd), ALLOW(msgrcv), ALLOW(msgctl),
};
const size_t n_policy_common = sizeof(policy_common) / sizeof(*policy_common);
/* clang-format on */

/* Left to ENOSYS on purpose, because legitimate programs do call them: kcmp, name_to_handle_at and quotactl
 * (systemd's libraries), get_mempolicy (ps), seccomp (man), landlock_* (newer xz), adjtimex and clock_adjtime
 * (which also read), modify_ldt (wine). ENOSYS as well, because they are newer than this libseccomp:
 * statmount, listmount, mseal, setxattrat, open_tree_attr, lsm_*. */

static const char *const looking_into_others[] = {"ptrace", "process_vm_readv", "process_vm_writev",
                                                  "pidfd_getfd", NULL};
static const char *const kernel_code[] = {
    "bpf", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", NULL};
static const char *const measuring[] = {"perf_event_open", NULL};
static const char *const mounting[] = {"mount",      "umount2",   "pivot_root",    "chroot",
                                       "move_mount", "open_tree", "fsopen",        "fsconfig",
                                       "fsmount",    "fspick",    "mount_setattr", NULL};
static const char *const entering_namespaces[] = {"setns", NULL};
static const char *const keys[] = {"keyctl", "add_key", "request_key", NULL};
static const char *const handles[] = {"open_by_handle_at", NULL};
static const char *const watching[] = {"fanotify_init", "fanotify_mark", NULL};
static const char *const administering[] = {"reboot", "swapon", "swapoff", "acct", "iopl", "ioperm", NULL};

const struct policy_deny_group policy_common_denied[] = {
    {"policy-trace", "looking into another process", looking_into_others},
    {"policy-kernel", "loading code into the kernel", kernel_code},
    {"policy-perf", "measuring the machine", measuring},
    {"policy-mount", "mounting file systems", mounting},
    {"policy-setns", "entering namespaces", entering_namespaces},
    {"policy-keys", "the kernel's key store", keys},
    {"policy-handles", "opening files by their handles", handles},
    {"policy-fanotify", "watching the whole file system", watching},
    {"policy-admin", "administering the machine", administering},
};
const size_t n_policy_common_denied = sizeof(policy_common_denied) / sizeof(*policy_common_denied);
