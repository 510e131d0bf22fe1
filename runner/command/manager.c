/* SPDX-License-Identifier: MIT */
/* The service manager that started the service, if one did. */
#include "runner/command/manager.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"

#define FIRST_FD 3 /* SD_LISTEN_FDS_START */
#define TEXT_ROOM 256
#define PLACE_ROOM (sizeof(((struct sockaddr_un *)NULL)->sun_path) + sizeof("unix:"))

/* Reads a decimal number. Returns false if @text is not one, or is larger than @most. */
static bool read_number(const char *text, uint64_t most, uint64_t *ret)
{
    char *end;

    errno = 0;
    *ret = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && errno == 0 && *ret <= most;
}

static int refuse_variable(const char *name, const char *says, struct error *err)
{
    error_set(err, -EINVAL, EX_CONFIG, name, "%s: \"%.100s\"", says, getenv(name));
    error_hint(err, "leave it to the service manager, or unset it");
    return -EINVAL;
}

/* Returns true if the variable is meant for another process, which left it in the environment. */
static bool is_another_s(const char *name)
{
    const char *text = getenv(name);
    uint64_t pid;

    return text && (!read_number(text, INT32_MAX, &pid) || (pid_t)pid != getpid());
}

/* A name that begins with "@" is in the abstract namespace (unix(7)). */
static int read_socket(struct manager *ret, struct error *err)
{
    static const char name[] = "NOTIFY_SOCKET";
    const char *path = getenv(name);

    if (!path || !*path)
        return 0;
    if ((*path != '/' && *path != '@') || strlen(path) >= sizeof(ret->address.sun_path))
        return refuse_variable(name, "is not the path of a socket", err);
    ret->address.sun_family = AF_UNIX;
    memcpy(ret->address.sun_path, path, strlen(path) + 1);
    ret->address_size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path) + (*path == '/'));
    if (*path == '@')
        ret->address.sun_path[0] = '\0';
    return 0;
}

static int read_watchdog(struct manager *ret, struct error *err)
{
    static const char name[] = "WATCHDOG_USEC";
    const char *text = getenv(name);
    uint64_t us;

    if (!text || is_another_s("WATCHDOG_PID"))
        return 0;
    if (!read_number(text, UINT64_MAX / 1000, &us))
        return refuse_variable(name, "is not a time in microseconds", err);
    ret->watchdog_ns = us * 1000;
    return 0;
}

/* The names are separated by colons; there can be fewer of them. */
static void read_names(struct manager *ret)
{
    const char *names = getenv("LISTEN_FDNAMES");

    for (size_t i = 0; i < ret->n_fds && names; i++) {
        size_t size = strcspn(names, ":");

        snprintf(ret->names[i], sizeof(ret->names[i]), "%.*s", (int)(size < TEXT_ROOM ? size : TEXT_ROOM),
                 names);
        names = names[size] ? names + size + 1 : NULL;
    }
}

static int read_fds(struct manager *ret, struct error *err)
{
    static const char name[] = "LISTEN_FDS";
    const char *text = getenv(name);
    uint64_t n;

    if (!text || !getenv("LISTEN_PID") || is_another_s("LISTEN_PID"))
        return 0;
    if (!read_number(text, LOAD_MOST_LISTENERS, &n))
        return refuse_variable(name, "is not a number of up to 16 sockets", err);
    for (size_t i = 0; i < n; i++) {
        ret->fds[i] = FIRST_FD + (int)i;
        if (fcntl(ret->fds[i], F_SETFD, FD_CLOEXEC) < 0)
            return refuse_variable(name, "is not the number of open descriptors", err);
    }
    ret->n_fds = n;
    read_names(ret);
    return 0;
}

int manager_read(struct manager *ret, struct error *err)
{
    static const char *const variables[] = {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID",
                                            "LISTEN_FDS",    "LISTEN_PID",    "LISTEN_FDNAMES"};
    int r;

    *ret = (struct manager){.n_fds = 0};
    r = read_socket(ret, err);
    if (r == 0)
        r = read_watchdog(ret, err);
    if (r == 0)
        r = read_fds(ret, err);
    for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++)
        unsetenv(variables[i]);
    return r;
}

/* Never waits: a manager that does not read may not hold up the service. */
static int notify(const struct manager *manager, const char *text)
{
    _cleanup_(fd_closep) int fd = -1;

    if (manager->address_size == 0)
        return 0;
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -errno;
    return sendto(fd, text, strlen(text), MSG_NOSIGNAL | MSG_DONTWAIT,
                  (const struct sockaddr *)&manager->address, manager->address_size) < 0
               ? -errno
               : 0;
}

int manager_note_up(const struct manager *manager, size_t n_listeners)
{
    char text[TEXT_ROOM];

    snprintf(text, sizeof(text), "READY=1\nSTATUS=Runs programs for the clients of %zu socket%s.",
             n_listeners, n_listeners == 1 ? "" : "s");
    return notify(manager, text);
}

/* With the time, a manager can see which READY=1 belongs to it: sd_notify(3). */
static int note_reload(const struct manager *manager)
{
    char text[TEXT_ROOM];

    snprintf(text, sizeof(text),
             "RELOADING=1\nMONOTONIC_USEC=%" PRIu64 "\nSTATUS=Loads the configuration again.",
             timing_now_ns() / 1000);
    return notify(manager, text);
}

int manager_note(const struct manager *manager, enum warden_event event)
{
    static const char *const texts[] = {
        [WARDEN_RELOADED] = "READY=1\nSTATUS=Has loaded the configuration and the profiles again.",
        [WARDEN_CANT_RELOAD] = "READY=1\nSTATUS=Could not load the new files, and goes on with the old ones.",
        [WARDEN_IS_DRAINING] = "STOPPING=1\nSTATUS=Ends after the accepted runs.",
        [WARDEN_ENDS_RUNS] = "STATUS=Ends the runs that are left.",
        [WARDEN_LIVES] = "WATCHDOG=1",
    };

    if (event == WARDEN_RELOADS)
        return note_reload(manager);
    return event < sizeof(texts) / sizeof(*texts) && texts[event] ? notify(manager, texts[event]) : 0;
}

/* Writes the address of a socket as a listener's, or the number of the descriptor. */
static void describe(int fd, char ret[PLACE_ROOM])
{
    union {
        struct sockaddr any;
        struct sockaddr_un un;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } address = {.any = {.sa_family = AF_UNSPEC}};
    socklen_t size = sizeof(address.un) - 1; /* a NUL stays behind a path */
    char ip[INET6_ADDRSTRLEN] = "";
    int r = getsockname(fd, &address.any, &size);

    if (r == 0 && address.any.sa_family == AF_UNIX && *address.un.sun_path)
        snprintf(ret, PLACE_ROOM, "unix:%s", address.un.sun_path);
    else if (r == 0 && address.any.sa_family == AF_INET &&
             inet_ntop(AF_INET, &address.v4.sin_addr, ip, sizeof(ip)))
        snprintf(ret, PLACE_ROOM, "%s:%u", ip, ntohs(address.v4.sin_port));
    else if (r == 0 && address.any.sa_family == AF_INET6 &&
             inet_ntop(AF_INET6, &address.v6.sin6_addr, ip, sizeof(ip)))
        snprintf(ret, PLACE_ROOM, "[%s]:%u", ip, ntohs(address.v6.sin6_port));
    else
        snprintf(ret, PLACE_ROOM, "descriptor %d", fd);
}

int manager_refuse(const struct manager *manager, size_t index, int error, struct error *err)
{
    const char *name = manager->names[index];
    char place[PLACE_ROOM];

    describe(manager->fds[index], place);
    if (error == -EADDRNOTAVAIL) {
        error_set(err, error, EX_CONFIG, *name ? name : "LISTEN_FDS",
                  "the service manager has opened %s, which is not an address of the service", place);
        error_hint(err, "name the same addresses in the socket unit (ListenStream=) and in \"listen\"");
    } else if (error == -EADDRINUSE) {
        error_set(err, error, EX_CONFIG, *name ? name : "LISTEN_FDS",
                  "the service manager has opened %s twice", place);
        error_hint(err, "name it in one socket unit only (ListenStream=)");
    } else if (error == -EPERM) {
        error_set(err, error, EX_CONFIG, *name ? name : "LISTEN_FDS",
                  "the service manager lets others than administrators use %s", place);
        error_hint(err, "set SocketMode=0600 in the socket unit, or leave this socket to the service");
    } else {
        error_set(err, error, EX_CONFIG, *name ? name : "LISTEN_FDS",
                  "%s is not a socket that waits for connections", place);
        error_hint(err, "use ListenStream= and Accept=no in the socket unit");
    }
    return error;
}
