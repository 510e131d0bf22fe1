/* SPDX-License-Identifier: MIT */
/* The auditor's own markers. */
#include "runner/audit/witness.h"

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
#define SECRET_ROOM sizeof(((struct witness *)0)->secret)
#define MOMENT_S 60
#define UNTOUCHED "untouched\n"
#define HIGH_DESCRIPTOR 200 /* far above what is in use */
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

/* With a mode that the umask has no part in. */
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
    /* Of the secret, and positive, so that every language can write it as a number. */
    return (int)(strtoul(secret + 24, NULL, 16) & 0x7fffffff) | 1;
}

/* What lies in the directory @fd of a dead auditor, and the shared memory whose key its secret tells. */
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

/* Ours, and nobody's any more: its lock is free, and its making was no moment ago. */
static bool is_stale(int fd)
{
    struct stat st;

    return fstat(fd, &st) == 0 && st.st_uid == geteuid() && time(NULL) - st.st_mtim.tv_sec > MOMENT_S &&
           flock(fd, LOCK_EX | LOCK_NB) == 0;
}

/* An auditor that was killed could not tidy up. What will not go is no reason to stop. */
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

static int make_directory(struct witness *witness)
{
    int r;

    remove_stale();

    snprintf(witness->directory, sizeof(witness->directory), "/tmp/" PREFIX "XXXXXX");
    if (!mkdtemp(witness->directory)) {
        *witness->directory = '\0';
        return -errno;
    }
    witness->lock = open(witness->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (witness->lock < 0 || flock(witness->lock, LOCK_EX) < 0 || fchmod(witness->lock, 0755) < 0)
        return -errno;
    r = make_file(witness->directory, "secret", 0644, witness->secret);
    return r < 0 ? r : make_file(witness->directory, "open", 0666, UNTOUCHED);
}

static int listen_at(int *fd, int family, const void *address, size_t size)
{
    *fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (*fd >= 0 && bind(*fd, address, (socklen_t)size) == 0 && listen(*fd, 64) == 0)
        return 0;
    fd_closep(fd);
    return -errno;
}

/* A machine without an address of a family has no door there. */
static void open_internet(struct witness *witness)
{
    struct sockaddr_in inet = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in6 inet6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    socklen_t size = sizeof(inet);

    if (listen_at(&witness->doors[WITNESS_INET], AF_INET, &inet, sizeof(inet)) == 0 &&
        getsockname(witness->doors[WITNESS_INET], (struct sockaddr *)&inet, &size) == 0)
        witness->port = ntohs(inet.sin_port);
    inet6.sin6_port = htons((uint16_t)witness->port);
    listen_at(&witness->doors[WITNESS_INET6], AF_INET6, &inet6, sizeof(inet6));
}

static int open_unix(struct witness *witness)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int r;

    snprintf(address.sun_path + 1, sizeof(address.sun_path) - 1, "%s", witness->name);
    r = listen_at(&witness->doors[WITNESS_ABSTRACT], AF_UNIX, &address,
                  offsetof(struct sockaddr_un, sun_path) + 1 + strlen(witness->name));
    if (r < 0)
        return r;
    snprintf(address.sun_path, sizeof(address.sun_path), "%s/socket", witness->directory);
    r = listen_at(&witness->doors[WITNESS_PATH], AF_UNIX, &address, sizeof(address));
    return r < 0 ? r : chmod(address.sun_path, 0666) < 0 ? -errno : 0;
}

static int open_shared(struct witness *witness)
{
    char *memory;

    witness->key = key_of(witness->secret);
    witness->shared = shmget(witness->key, 4096, IPC_CREAT | IPC_EXCL | 0666);
    if (witness->shared < 0)
        return -errno;
    memory = shmat(witness->shared, NULL, 0);
    if ((intptr_t)memory == -1)
        return -errno;
    memcpy(memory, witness->secret, sizeof(witness->secret));
    shmdt(memory);
    return 0;
}

static int leak_descriptor(struct witness *witness)
{
    char path[128];
    _cleanup_(fd_closep) int fd = -1;

    snprintf(path, sizeof(path), "%s/secret", witness->directory);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    witness->leaked = fcntl(fd, F_DUPFD, HIGH_DESCRIPTOR);
    return witness->leaked < 0 ? -errno : 0;
}

int witness_open(struct witness *witness, struct error *err)
{
    int r = make_secret(witness->secret);

    if (r == 0)
        r = make_directory(witness);
    if (r == 0) {
        snprintf(witness->name, sizeof(witness->name), "exrun-audit-%.16s", witness->secret);
        open_internet(witness);
        r = open_unix(witness);
    }
    if (r == 0)
        r = open_shared(witness);
    if (r == 0)
        r = leak_descriptor(witness);
    gethostname(witness->host, sizeof(witness->host) - 1);
    if (r == 0 && setenv(VARIABLE, witness->secret, 1) < 0)
        r = -errno;
    return r < 0
               ? error_set(err, r, EX_OSERR, "/tmp", "the auditor's markers can't be made: %s", strerror(-r))
               : 0;
}

void witness_close(struct witness *witness)
{
    for (int i = 0; i < N_WITNESS_DOORS; i++)
        fd_closep(&witness->doors[i]);
    fd_closep(&witness->leaked);
    if (witness->shared >= 0)
        shmctl(witness->shared, IPC_RMID, NULL);
    for (size_t i = 0; *witness->directory && i < sizeof(names) / sizeof(*names); i++) {
        char path[128];

        snprintf(path, sizeof(path), "%s/%s", witness->directory, names[i]);
        unlink(path);
    }
    if (*witness->directory)
        rmdir(witness->directory);
    fd_closep(&witness->lock);
    unsetenv(VARIABLE);
    *witness = (struct witness)WITNESS_NONE;
}

int witness_fill(const struct witness *witness, const struct bytes *text, struct bytes *ret)
{
    char port[12], key[12], pid[12];
    const struct {
        const char *word, *value;
    } words[] = {{"@DIR@", witness->directory},
                 {"@PORT@", port},
                 {"@NAME@", witness->name},
                 {"@KEY@", key},
                 {"@PID@", pid}};
    FILE *out = open_memstream(&ret->data, &ret->size);

    snprintf(port, sizeof(port), "%d", witness->port);
    snprintf(key, sizeof(key), "%d", witness->key);
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

const char *witness_touched(struct witness *witness)
{
    static const char *const said[N_WITNESS_DOORS] = {
        [WITNESS_INET] = "somebody came to the auditor's port on 127.0.0.1",
        [WITNESS_INET6] = "somebody came to the auditor's port on ::1",
        [WITNESS_ABSTRACT] = "somebody came to the auditor's abstract socket",
        [WITNESS_PATH] = "somebody came to the auditor's socket",
    };
    _cleanup_(freep) char *now = NULL;
    const char *touched = NULL;
    char path[128], host[sizeof(witness->host)] = "";
    size_t size;

    if (gethostname(host, sizeof(host) - 1) == 0 && strcmp(host, witness->host) != 0) {
        memcpy(witness->host, host, sizeof(host));
        touched = "the machine has another name";
    }
    for (int i = 0; i < N_WITNESS_DOORS; i++)
        for (int guest; witness->doors[i] >= 0 && (guest = accept(witness->doors[i], NULL, NULL)) >= 0;) {
            close(guest);
            touched = said[i];
        }
    snprintf(path, sizeof(path), "%s/open", witness->directory);
    if (fd_read_file(AT_FDCWD, path, sizeof(UNTOUCHED), &now, &size) < 0 || strcmp(now, UNTOUCHED) != 0) {
        touched = "the auditor's file was written to";
        make_file(witness->directory, "open", 0666, UNTOUCHED);
    }
    return touched;
}
