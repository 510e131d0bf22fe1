/* SPDX-License-Identifier: MIT */
/* A front that was taken over: with the layer "front-attack" off, it obeys the test that connects to the
 * service's socket (tests/service/test_takeover.py), one line a command, one line an answer. It is confined
 * as any front is, unless the layer "front" is off too. This is linked only into the build with layers off;
 * the linker redirects the call of front_work() (ld(1), --wrap). */
#include <asm/unistd.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "runner/front/front.h"
#include "sandbox/base/layer_off.h"
#include "sandbox/keeper/wire.h"
#include "sandbox/warden/front_confine.h"

#define MOST_FDS 253 /* the kernel's SCM_MAX_FD */
#define LINE_BYTES (1 << 20)
#define PARENT (-1000000L) /* stands for the warden's process ID */
#define AT(pointer) ((long)(intptr_t)(pointer))

int __real_front_work(const struct front_config *config, int warden);
int __wrap_front_work(const struct front_config *config, int warden);

static _Alignas(4096) char page[4096], code[4096];
static char other[64];
static struct iovec into = {page, 8}, from = {other, 8};
static struct rlimit rlimit;
static int pair[2];

/* Each argument is harmless if the kernel does it for a root process; some can't succeed, but get as far as
 * an error that is not EPERM. */
static const struct attempt {
    const char *name;
    long number, arguments[6];
} attempts[] = {
    {"open", SYS_openat, {AT_FDCWD, AT("/etc/passwd"), O_RDONLY}},
    {"open-root", SYS_openat, {AT_FDCWD, AT("/"), O_PATH}},
    {"open-by-handle", SYS_open_by_handle_at, {0, 0, 0}},
    {"stat", SYS_newfstatat, {AT_FDCWD, AT("/etc/passwd"), AT(page), 0}},
    {"readlink", SYS_readlink, {AT("/proc/self/exe"), AT(page), sizeof(page)}},
    {"unlink", SYS_unlink, {AT("/nothing/here")}},
    {"chdir", SYS_chdir, {AT("/")}},
    {"chroot", SYS_chroot, {AT("/")}},
    {"mount", SYS_mount, {AT("none"), AT("/nothing/here"), AT("tmpfs"), 0, 0}},
    {"unshare", SYS_unshare, {CLONE_NEWUTS}},
    {"setns", SYS_setns, {-1, 0}},
    {"socket-inet", SYS_socket, {AF_INET, SOCK_STREAM, 0}},
    {"socket-unix", SYS_socket, {AF_UNIX, SOCK_STREAM, 0}},
    {"socketpair", SYS_socketpair, {AF_UNIX, SOCK_STREAM, 0, AT(pair)}},
    {"connect", SYS_connect, {-1, 0, 0}},
    {"bind", SYS_bind, {-1, 0, 0}},
    {"setsockopt", SYS_setsockopt, {-1, SOL_SOCKET, SO_ATTACH_FILTER, 0, 0}},
    {"execve", SYS_execve, {AT("/"), 0, 0}},
    {"execveat", SYS_execveat, {AT_FDCWD, AT("/"), 0, 0, 0}},
    {"clone", SYS_clone, {CLONE_THREAD}},
    {"clone3", SYS_clone3, {0, 0}},
    {"ptrace", SYS_ptrace, {PTRACE_SEIZE, PARENT, 0, -1}},
    {"read-memory", SYS_process_vm_readv, {PARENT, AT(&into), 1, AT(&from), 1, 0}},
    {"write-memory", SYS_process_vm_writev, {PARENT, AT(&into), 1, AT(&from), 1, 0}},
    {"pidfd", SYS_pidfd_open, {PARENT, 0}},
    {"kill", SYS_kill, {PARENT, SIGCONT}}, /* needs the same rights as SIGKILL, from another session */
    {"tgkill", SYS_tgkill, {PARENT, PARENT, SIGCONT}},
    {"prlimit", SYS_prlimit64, {PARENT, RLIMIT_NOFILE, 0, AT(&rlimit)}},
    {"setpriority", SYS_setpriority, {PRIO_PROCESS, PARENT, 0}},
    {"affinity", SYS_sched_getaffinity, {PARENT, sizeof(page), AT(page)}},
    {"setuid", SYS_setuid, {0}},
    {"setgroups", SYS_setgroups, {0, 0}},
    {"dumpable", SYS_prctl, {PR_SET_DUMPABLE, 1, 0, 0, 0}},
    {"bpf", SYS_bpf, {-1, 0, 0}},
    {"keyctl", SYS_keyctl, {0, -3, 0}},
    {"type", SYS_ioctl, {STDERR_FILENO, TIOCSTI, AT("x")}},
    {"own-terminal", SYS_ioctl, {STDERR_FILENO, TIOCSCTTY, 0}},
    {"log-flags", SYS_fcntl, {STDERR_FILENO, F_SETFL, 0}},
    {"signal-owner", SYS_fcntl, {STDERR_FILENO, F_SETOWN, PARENT}},
    {"dup", SYS_dup, {STDERR_FILENO}},
    {"truncate-log", SYS_ftruncate, {STDERR_FILENO, 1 << 20}},
    {"mmap-exec", SYS_mmap, {0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0}},
    {"mprotect-exec", SYS_mprotect, {AT(code), sizeof(code), PROT_READ | PROT_EXEC}},
};

/* @keepers: sockets by slot, with @generations; -1: none. */
struct puppet {
    int warden, client;
    pid_t parent;
    int listeners[LOAD_MOST_LISTENERS];
    unsigned int n_listeners;
    int keepers[LOAD_MOST_KEEPERS];
    uint32_t generations[LOAD_MOST_KEEPERS];
};

static char line[LINE_BYTES], answer[LINE_BYTES], packet[LINE_BYTES / 2];

static void say(const struct puppet *puppet, const char *text)
{
    if (write(puppet->client, text, strlen(text)) < 0 || write(puppet->client, "\n", 1) < 0)
        return;
}

static void say_number(const struct puppet *puppet, const char *word, long number)
{
    snprintf(answer, sizeof(answer), "%s %ld", word, number);
    say(puppet, answer);
}

static long of_i386(void)
{
    long result = 20; /* getpid */

    __asm__ volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
    return result;
}

static void on_call(const struct puppet *puppet, const char *name)
{
    if (strcmp(name, "i386") == 0) {
        say_number(puppet, "gained", of_i386());
        return;
    }
    for (size_t i = 0; i < sizeof(attempts) / sizeof(*attempts); i++) {
        long a[6], result;

        if (strcmp(attempts[i].name, name) != 0)
            continue;
        for (int j = 0; j < 6; j++)
            a[j] = attempts[i].arguments[j] == PARENT ? puppet->parent : attempts[i].arguments[j];
        result = syscall(attempts[i].number, a[0], a[1], a[2], a[3], a[4], a[5]);
        say_number(puppet, result < 0 ? "errno" : "gained", result < 0 ? errno : result);
        return;
    }
    say(puppet, "unknown");
}

static size_t of_hex(const char *hex, char *bytes)
{
    size_t n = 0;
    unsigned int byte;

    for (; sscanf(hex, "%2x", &byte) == 1; hex += 2)
        bytes[n++] = (char)byte;
    return n;
}

/* A memfd with the bytes of @hex, and 0 up to @size. */
static int memfd_of(const char *hex, size_t size, bool is_sealed)
{
    static char zeros[1 << 16];
    int fd = memfd_create("attack", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    size_t at = of_hex(hex, packet);

    if (fd < 0 || write(fd, packet, at) < 0)
        return -1;
    for (; at < size; at += size - at < sizeof(zeros) ? size - at : sizeof(zeros))
        if (write(fd, zeros, size - at < sizeof(zeros) ? size - at : sizeof(zeros)) < 0)
            return -1;
    if (is_sealed)
        fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
    return fd;
}

static void send_with(const struct puppet *puppet, int socket, size_t size, int fd, size_t n_fds)
{
    static union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(MOST_FDS * sizeof(int))];
    } rights;
    struct iovec part = {packet, size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

    if (n_fds > 0) {
        message.msg_control = rights.bytes;
        message.msg_controllen = CMSG_SPACE(n_fds * sizeof(int));
        rights.align = (struct cmsghdr){
            .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(n_fds * sizeof(int))};
        for (size_t i = 0; i < n_fds; i++)
            memcpy(CMSG_DATA(&rights.align) + i * sizeof(int), &fd, sizeof(fd));
    }
    if (sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
        say_number(puppet, "errno", errno);
    else
        say(puppet, "sent");
}

static int target(const struct puppet *puppet, const char *word)
{
    return *word == 'w' ? puppet->warden : puppet->keepers[atoi(word) % LOAD_MOST_KEEPERS];
}

/* send TARGET PACKET N_FDS KIND SIZE CONTENT: @KIND: sealed, unsealed, or socket, the target's own. */
static void on_send(struct puppet *puppet, char *words)
{
    static char hex[LINE_BYTES], content[LINE_BYTES];
    char to[16], kind[16];
    size_t n_fds = 0, size = 0;
    int fd = -1, socket;

    *content = '\0';
    if (sscanf(words, "%15s %1048575s %zu %15s %zu %1048575s", to, hex, &n_fds, kind, &size, content) < 5) {
        say(puppet, "unknown");
        return;
    }
    socket = target(puppet, to);
    if (strcmp(kind, "socket") == 0)
        fd = socket;
    else if (n_fds > 0)
        fd = memfd_of(content, size, strcmp(kind, "sealed") == 0);
    send_with(puppet, socket, strcmp(hex, "-") == 0 ? 0 : of_hex(hex, packet), fd, n_fds);
    if (fd >= 0 && fd != socket)
        close(fd);
}

/* Waits for at most @ms. The warden replaces a front without a pulse. */
static bool wait_for(const struct puppet *puppet, int fd, int ms)
{
    struct pollfd readable = {.fd = fd, .events = POLLIN};

    for (; poll(&readable, 1, ms < 1000 ? ms : 1000) <= 0; ms -= 1000) {
        if (ms <= 1000)
            return false;
        wire_send(puppet->warden, &(struct wire_message){.type = WIRE_PULSE, .fd = -1});
    }
    return true;
}

/* read TARGET MS: the next packet in hex, "silent", or "closed". */
static void on_read(const struct puppet *puppet, const char *words)
{
    char to[16];
    int ms = 0;
    ssize_t got;
    int fd;

    sscanf(words, "%15s %d", to, &ms);
    fd = target(puppet, to);
    if (!wait_for(puppet, fd, ms)) {
        say(puppet, "silent");
        return;
    }
    got = recv(fd, packet, sizeof(packet) / 2, MSG_DONTWAIT);
    if (got <= 0) {
        say(puppet, "closed");
        return;
    }
    for (ssize_t i = 0; i < got; i++)
        snprintf(answer + 2 * i, 3, "%02x", (unsigned char)packet[i]);
    say(puppet, answer);
}

/* give TARGET: sends the socket itself to the client. */
static void on_give(const struct puppet *puppet, const char *words)
{
    memcpy(packet, "given\n", 6);
    send_with(puppet, puppet->client, 6, target(puppet, words), 1);
}

static void on_keepers(const struct puppet *puppet)
{
    size_t at = 0;

    *answer = '\0';
    for (int slot = 0; slot < LOAD_MOST_KEEPERS; slot++)
        if (puppet->keepers[slot] >= 0)
            at +=
                (size_t)snprintf(answer + at, sizeof(answer) - at, "%d:%u ", slot, puppet->generations[slot]);
    say(puppet, answer);
}

static void obey(struct puppet *puppet)
{
    char *words = strchr(line, ' ');

    if (words)
        *words++ = '\0';
    if (strcmp(line, "call") == 0 && words)
        on_call(puppet, words);
    else if (strcmp(line, "send") == 0 && words)
        on_send(puppet, words);
    else if (strcmp(line, "read") == 0 && words)
        on_read(puppet, words);
    else if (strcmp(line, "give") == 0 && words)
        on_give(puppet, words);
    else if (strcmp(line, "shut") == 0 && words) {
        shutdown(target(puppet, words), SHUT_RDWR);
        say(puppet, "shut");
    } else
        on_keepers(puppet);
}

static void hear_client(struct puppet *puppet)
{
    size_t size = 0;

    while (size + 1 < sizeof(line)) {
        ssize_t got = read(puppet->client, line + size, 1);

        if (got <= 0) {
            close(puppet->client);
            puppet->client = -1;
            return;
        }
        if (line[size] == '\n')
            break;
        size++;
    }
    line[size] = '\0';
    obey(puppet);
}

static void hear_warden(struct puppet *puppet)
{
    struct wire_message message;
    int r = wire_receive(puppet->warden, WIRE_TO_FRONT, &message);

    if (r < 0)
        _exit(1);
    if (message.type == WIRE_LISTENER)
        puppet->listeners[puppet->n_listeners++ % LOAD_MOST_LISTENERS] = message.fd;
    if (message.type == WIRE_LISTENER)
        wire_send(puppet->warden, &(struct wire_message){.type = WIRE_UP, .fd = -1});
    if (message.type == WIRE_KEEPER) {
        const struct wire_keeper keeper = WIRE_PAYLOAD(&message, struct wire_keeper);
        int *held = &puppet->keepers[keeper.slot % LOAD_MOST_KEEPERS];

        if (*held >= 0)
            close(*held);
        *held = message.fd;
        puppet->generations[keeper.slot % LOAD_MOST_KEEPERS] = keeper.generation;
    }
    if (message.type == WIRE_DRAIN)
        _exit(0);
}

int __wrap_front_work(const struct front_config *config, int warden)
{
    static struct puppet puppet;

    if (!layer_off("front-attack"))
        return __real_front_work(config, warden);
    memset(&puppet, -1, sizeof(puppet));
    puppet.n_listeners = 0;
    puppet.warden = warden;
    puppet.parent = getppid();
    if (front_filter() < 0)
        return 1;
    for (;;) {
        struct pollfd fds[] = {{.fd = warden, .events = POLLIN},
                               {.fd = puppet.client, .events = POLLIN},
                               {.fd = puppet.client < 0 ? puppet.listeners[0] : -1, .events = POLLIN}};

        poll(fds, 3, 1000);
        wire_send(warden, &(struct wire_message){.type = WIRE_PULSE, .fd = -1});
        if (fds[0].revents)
            hear_warden(&puppet);
        if (fds[1].revents)
            hear_client(&puppet);
        if (fds[2].revents)
            puppet.client = accept4(puppet.listeners[0], NULL, NULL, SOCK_CLOEXEC);
    }
}
