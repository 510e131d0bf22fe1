/* SPDX-License-Identifier: MIT */
/* load_client SOCKET FILE N SECONDS: sends FILE, a request, without pause on each of N kept connections, and
 * prints how many were answered with 200 in a second. It takes little CPU, so that the service has both. */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { MOST_CLIENTS = 256, ROOM = 65536 };

struct client {
    char answer[ROOM];
    size_t size;
};

static char request[ROOM];
static size_t request_size;
static struct client clients[MOST_CLIENTS];
static struct pollfd fds[MOST_CLIENTS];

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static double now_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int connect_to(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
        fail(path);
    return fd;
}

static void ask(int fd)
{
    if (send(fd, request, request_size, 0) != (ssize_t)request_size)
        fail("send");
}

/* Returns true if the answer is whole. */
static int is_whole(const struct client *client)
{
    const char *end = memmem(client->answer, client->size, "\r\n\r\n", 4), *length;

    if (!end)
        return 0;
    length = strstr(client->answer, "Content-Length: ");
    return length && length < end &&
           client->size >= (size_t)(end + 4 - client->answer) + strtoul(length + 16, NULL, 10);
}

/* Takes what has come. Returns 1 if that ends an answer. */
static int take(int fd, struct client *client)
{
    ssize_t n = recv(fd, client->answer + client->size, ROOM - 1 - client->size, 0);

    if (n <= 0)
        fail("recv");
    client->size += (size_t)n;
    client->answer[client->size] = 0;
    if (!is_whole(client))
        return 0;
    if (strncmp(client->answer, "HTTP/1.1 200", 12) != 0) {
        fprintf(stderr, "%s\n", client->answer);
        exit(1);
    }
    client->size = 0;
    return 1;
}

int main(int argc, char **argv)
{
    int n = argc == 5 ? atoi(argv[3]) : 0, file = argc == 5 ? open(argv[2], O_RDONLY) : -1;
    double seconds = argc == 5 ? atof(argv[4]) : 0, end;
    long answered = 0;
    ssize_t size;

    if (n < 1 || n > MOST_CLIENTS || seconds <= 0)
        return 64;
    size = read(file, request, sizeof(request));
    if (size <= 0)
        fail(argv[2]);
    request_size = (size_t)size;
    for (int i = 0; i < n; i++) {
        fds[i] = (struct pollfd){.fd = connect_to(argv[1]), .events = POLLIN};
        ask(fds[i].fd);
    }
    end = now_s() + seconds;
    while (now_s() < end) {
        if (poll(fds, (nfds_t)n, 1000) < 0)
            fail("poll");
        for (int i = 0; i < n; i++)
            if (fds[i].revents && take(fds[i].fd, &clients[i])) {
                answered++;
                ask(fds[i].fd);
            }
    }
    printf("%.1f\n", (double)answered / seconds);
    return 0;
}
