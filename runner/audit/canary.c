/* SPDX-License-Identifier: MIT */
/* Creates and checks the audit's own markers. */
#include "runner/audit/canary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/random.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"

#define PREFIX "exrun-audit-"
#define SECRET_ROOM sizeof(((struct canary *)0)->secret)
#define MOMENT_S 60
#define UNTOUCHED "untouched\n"
#define HIGH_DESCRIPTOR 200 /* far above the descriptors in use */
#define VARIABLE "EXRUN_AUDIT_SECRET"

static int make_secret(char secret[33])
{
    unsigned char random[16];

    if (getrandom(random, sizeof(random), 0) != sizeof(random))
        return -EIO;
    for (size_t i = 0; i < sizeof(random); i++)
        snprintf(secret + 2 * i, 3, "%02x", random[i]);
    return 0;
}

/* Writes a file with exactly this mode, whatever the umask is. */
static int make_file(const char *directory, const char *name, mode_t mode, const char *text)
{
    char path[128];
    _cleanup_(fd_closep) int fd = -1;

    snprintf(path, sizeof(path), "%s/%s", directory, name);
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, mode);
    if (fd < 0 || fchmod(fd, mode) < 0)
        return -errno;
    return fd_write_all(fd, text, strlen(text));
}

static const char *const names[] = {"secret", "open", "socket"};

static int key_of(const char *secret)
{
    /* Derived from the secret, and positive, so that every language can write it as a number. */
    return (int)(strtoul(secret + 24, NULL, 16) & 0x7fffffff) | 1;
}

/* Empties the directory @fd of a dead audit, and removes the shared memory whose key comes from its
 * secret. */
static void empty(int fd)
{
    _cleanup_(freep) char *secret = NULL;
    size_t size;
    int shared = fd_read_file(fd, "secret", SECRET_ROOM, &secret, &size) == 0 && size == SECRET_ROOM - 1
                     ? shmget(key_of(secret), 0, 0)
                     : -1;

    if (shared >= 0)
        shmctl(shared, IPC_RMID, NULL);
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        unlinkat(fd, names[i], 0);
}

/* Returns true if the directory is owned by this user, is older than MOMENT_S, and its lock is free
 * because its audit is dead. */
static bool is_stale(int fd)
{
    struct stat st;

    return fstat(fd, &st) == 0 && st.st_uid == geteuid() && time(NULL) - st.st_mtim.tv_sec > MOMENT_S &&
           flock(fd, LOCK_EX | LOCK_NB) == 0;
}

/* Removes markers of audits that were killed. Skips those that can't be removed. */
static void remove_stale(void)
{
    _cleanup_(dir_closep) DIR *directory = opendir("/tmp");
    struct dirent *entry;

    while (directory && (entry = readdir(directory))) {
        _cleanup_(fd_closep) int fd = -1;

        if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) != 0)
            continue;
        fd = openat(dirfd(directory), entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (fd < 0 || !is_stale(fd))
            continue;
        empty(fd);
        unlinkat(dirfd(directory), entry->d_name, AT_REMOVEDIR);
    }
}

static int make_directory(struct canary *canary)
{
    int r;

    remove_stale();

    snprintf(canary->directory, sizeof(canary->directory), "/tmp/" PREFIX "XXXXXX");
    if (!mkdtemp(canary->directory)) {
        *canary->directory = '\0';
        return -errno;
    }
    canary->lock = open(canary->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (canary->lock < 0 || flock(canary->lock, LOCK_EX) < 0 || fchmod(canary->lock, 0755) < 0)
        return -errno;
    r = make_file(canary->directory, "secret", 0644, canary->secret);
    return r < 0 ? r : make_file(canary->directory, "open", 0666, UNTOUCHED);
}

static int listen_at(int *fd, int family, const void *address, size_t size)
{
    *fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (*fd >= 0 && bind(*fd, address, (socklen_t)size) == 0 && listen(*fd, 64) == 0)
        return 0;
    fd_closep(fd);
    return -errno;
}

/* Listens on the loopback addresses. If the machine has no address of a family, that socket is not
 * opened. */
static void open_internet(struct canary *canary)
{
    struct sockaddr_in inet = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in6 inet6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    socklen_t size = sizeof(inet);

    if (listen_at(&canary->doors[CANARY_INET], AF_INET, &inet, sizeof(inet)) == 0 &&
        getsockname(canary->doors[CANARY_INET], (struct sockaddr *)&inet, &size) == 0)
        canary->port = ntohs(inet.sin_port);
    inet6.sin6_port = htons((uint16_t)canary->port);
    listen_at(&canary->doors[CANARY_INET6], AF_INET6, &inet6, sizeof(inet6));
}

static int open_unix(struct canary *canary)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int r;

    snprintf(address.sun_path + 1, sizeof(address.sun_path) - 1, "%s", canary->name);
    r = listen_at(&canary->doors[CANARY_ABSTRACT], AF_UNIX, &address,
                  offsetof(struct sockaddr_un, sun_path) + 1 + strlen(canary->name));
    if (r < 0)
        return r;
    snprintf(address.sun_path, sizeof(address.sun_path), "%s/socket", canary->directory);
    r = listen_at(&canary->doors[CANARY_PATH], AF_UNIX, &address, sizeof(address));
    return r < 0 ? r : chmod(address.sun_path, 0666) < 0 ? -errno : 0;
}

static int open_shared(struct canary *canary)
{
    char *memory;

    canary->key = key_of(canary->secret);
    canary->shared = shmget(canary->key, 4096, IPC_CREAT | IPC_EXCL | 0666);
    if (canary->shared < 0)
        return -errno;
    memory = shmat(canary->shared, NULL, 0);
    if ((intptr_t)memory == -1)
        return -errno;
    memcpy(memory, canary->secret, sizeof(canary->secret));
    shmdt(memory);
    return 0;
}

static int leak_descriptor(struct canary *canary)
{
    char path[128];
    _cleanup_(fd_closep) int fd = -1;

    snprintf(path, sizeof(path), "%s/secret", canary->directory);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    canary->leaked = fcntl(fd, F_DUPFD, HIGH_DESCRIPTOR);
    return canary->leaked < 0 ? -errno : 0;
}

int canary_open(struct canary *canary, struct error *err)
{
    int r = make_secret(canary->secret);

    if (r == 0)
        r = make_directory(canary);
    if (r == 0) {
        snprintf(canary->name, sizeof(canary->name), "exrun-audit-%.16s", canary->secret);
        open_internet(canary);
        r = open_unix(canary);
    }
    if (r == 0)
        r = open_shared(canary);
    if (r == 0)
        r = leak_descriptor(canary);
    gethostname(canary->host, sizeof(canary->host) - 1);
    if (r == 0 && setenv(VARIABLE, canary->secret, 1) < 0)
        r = -errno;
    return r < 0 ? error_set(err, r, EX_OSERR, "/tmp", "can't create the audit's markers: %s", strerror(-r))
                 : 0;
}

void canary_close(struct canary *canary)
{
    for (int i = 0; i < N_CANARY_DOORS; i++)
        fd_closep(&canary->doors[i]);
    fd_closep(&canary->leaked);
    if (canary->shared >= 0)
        shmctl(canary->shared, IPC_RMID, NULL);
    for (size_t i = 0; *canary->directory && i < sizeof(names) / sizeof(*names); i++) {
        char path[128];

        snprintf(path, sizeof(path), "%s/%s", canary->directory, names[i]);
        unlink(path);
    }
    if (*canary->directory)
        rmdir(canary->directory);
    fd_closep(&canary->lock);
    unsetenv(VARIABLE);
    *canary = (struct canary)CANARY_NONE;
}

int canary_fill(const struct canary *canary, const struct bytes *text, struct bytes *ret)
{
    char port[12], key[12], pid[12];
    const struct {
        const char *word, *value;
    } words[] = {{"@DIR@", canary->directory},
                 {"@PORT@", port},
                 {"@NAME@", canary->name},
                 {"@KEY@", key},
                 {"@PID@", pid}};
    FILE *out = open_memstream(&ret->data, &ret->size);

    snprintf(port, sizeof(port), "%d", canary->port);
    snprintf(key, sizeof(key), "%d", canary->key);
    snprintf(pid, sizeof(pid), "%d", (int)getpid());
    if (!out)
        return -ENOMEM;
    for (size_t at = 0; at < text->size;) {
        const char *value = NULL;

        for (size_t i = 0; i < sizeof(words) / sizeof(*words) && !value; i++) {
            size_t length = strlen(words[i].word);

            if (strncmp(text->data + at, words[i].word, length) == 0) {
                value = words[i].value;
                at += length;
            }
        }
        if (value)
            fputs(value, out);
        else
            fputc(text->data[at++], out);
    }
    return fclose(out) == 0 ? 0 : -ENOMEM;
}

const char *canary_touched(struct canary *canary)
{
    static const char *const said[N_CANARY_DOORS] = {
        [CANARY_INET] = "the audit's port on 127.0.0.1 received a connection",
        [CANARY_INET6] = "the audit's port on ::1 received a connection",
        [CANARY_ABSTRACT] = "the audit's abstract socket received a connection",
        [CANARY_PATH] = "the audit's socket received a connection",
    };
    _cleanup_(freep) char *now = NULL;
    const char *touched = NULL;
    char path[128], host[sizeof(canary->host)] = "";
    size_t size;

    if (gethostname(host, sizeof(host) - 1) == 0 && strcmp(host, canary->host) != 0) {
        memcpy(canary->host, host, sizeof(host));
        touched = "the machine's name was changed";
    }
    for (int i = 0; i < N_CANARY_DOORS; i++)
        for (int guest; canary->doors[i] >= 0 && (guest = accept(canary->doors[i], NULL, NULL)) >= 0;) {
            close(guest);
            touched = said[i];
        }
    snprintf(path, sizeof(path), "%s/open", canary->directory);
    if (fd_read_file(AT_FDCWD, path, sizeof(UNTOUCHED), &now, &size) < 0 || strcmp(now, UNTOUCHED) != 0) {
        touched = "the audit's file was written to";
        make_file(canary->directory, "open", 0666, UNTOUCHED);
    }
    return touched;
}
