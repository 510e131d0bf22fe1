/* SPDX-License-Identifier: MIT */
/* A small HTTP client for a Unix socket. */
#include "runner/command/ask.h"

#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "runner/front/front_load.h"
#include "runner/text/environment.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"
#include "sandbox/base/utf8.h"

#define PATIENCE_S 5U
#define MOST_BYTES ((size_t)4 << 20)
#define VERSION "HTTP/1.1 "
#define STATUS_OK 200
#define SOCKET_ROOM (SETTINGS_RUNTIME_ROOM + sizeof(FRONT_ADMIN_SOCKET) + 1)
#define OTHER_VERSION "use the version of exrun that the service has, or restart the service"

/* A request that is being sent. @data: received so far, with a NUL behind it. */
struct answer {
    const struct ask_request *request;
    uint64_t deadline_ns;
    char *data;
    size_t size, room;
};

static void answer_deinit(struct answer *answer)
{
    free(answer->data);
}

static unsigned int patience_s(const struct ask_request *request)
{
    return request->patience_s > 0 ? request->patience_s : PATIENCE_S;
}

/* Puts a failure of the socket into words. Returns @r. */
static int fail(int r, const struct ask_request *request, const char *path, struct error *err)
{
    switch (r) {
    case -ECANCELED:
        break;
    case -ENOENT:
    case -ECONNREFUSED:
        error_set(err, r, EX_UNAVAILABLE, path, "no service listens on this socket");
        error_hint(err, geteuid() == 0 ? "start it (exrun serve)"
                                       : "start it (exrun serve), or ask root's service (sudo exrun status)");
        break;
    case -EACCES:
    case -EPERM:
        error_set(err, r, EX_NOPERM, path, "belongs to another user, who alone can ask the service");
        error_hint(err, "ask as that user (sudo -u USER), or set XDG_RUNTIME_DIR to a directory of yours");
        break;
    case -EAGAIN:
        error_set(err, r, EX_TEMPFAIL, path, "the service did not answer within %u s", patience_s(request));
        error_hint(err, "try again, or look at the messages of the service");
        break;
    case -EPIPE:
    case -ECONNRESET:
        error_set(err, r, EX_TEMPFAIL, path, "the service closed the connection before it answered");
        error_hint(err, "try again, or look at the messages of the service");
        break;
    case -ENOMEM:
        return error_memory(err);
    default:
        error_set(err, r, EX_OSERR, path, "can't ask the service: %s", strerror(-r));
    }
    return r;
}

/* Connects without waiting: a full backlog is -EAGAIN. */
static int connect_to(const char *path, int *ret)
{
    _cleanup_(fd_closep) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    if (fd < 0)
        return -errno;
    if (strlen(path) >= sizeof(address.sun_path))
        return -ENAMETOOLONG;
    memcpy(address.sun_path, path, strlen(path) + 1);
    if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) < 0)
        return -errno;
    *ret = fd_steal(&fd);
    return 0;
}

/* Returns the text, which the caller frees, or NULL if memory is short. */
static char *write_request(const struct ask_request *request)
{
    const char *name = request->cell ? "Exrun-Cell: " : "", *cell = request->cell ? request->cell : "",
               *end = request->cell ? "\r\n" : "";
    char *text = NULL;
    int size;

    if (request->content)
        size = asprintf(&text,
                        "POST %s HTTP/1.1\r\nHost: exrun\r\nConnection: close\r\n%s%s%s"
                        "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                        request->target, name, cell, end, strlen(request->content), request->content);
    else
        size =
            asprintf(&text, "GET %s HTTP/1.1\r\nHost: exrun\r\nConnection: close\r\n\r\n", request->target);
    return size < 0 ? NULL : text; /* not defined after a failure: asprintf(3) */
}

/* Waits until the socket can be used for @events. */
static int wait_for(const struct answer *answer, int fd, short events)
{
    const int cancel = answer->request->cancel;
    struct pollfd wanted[] = {{.fd = fd, .events = events},
                              {.fd = cancel > 0 ? cancel : -1, .events = POLLIN}};
    uint64_t now_ns = timing_now_ns();
    int n;

    if (now_ns >= answer->deadline_ns)
        return -EAGAIN;
    n = poll(wanted, 2, (int)((answer->deadline_ns - now_ns) / 1000000 + 1));
    if (n < 0 && errno != EINTR)
        return -errno;
    return n > 0 && wanted[1].revents ? -ECANCELED : 0;
}

static int send_request(int fd, const struct answer *answer)
{
    _cleanup_(freep) char *text = write_request(answer->request);
    const size_t size = text ? strlen(text) : 0;
    size_t done = 0;
    int r = text ? 0 : -ENOMEM;

    while (r == 0 && done < size) {
        ssize_t sent = send(fd, text + done, size - done, MSG_NOSIGNAL);

        if (sent >= 0)
            done += (size_t)sent;
        else
            r = errno == EAGAIN ? wait_for(answer, fd, POLLOUT) : -errno;
    }
    /* A service that refuses the head closes its side before it has read the body. Its answer is there. */
    return r == -EPIPE ? 0 : r;
}

static int make_room(struct answer *answer)
{
    const size_t room = answer->room ? 2 * answer->room : 16384,
                 most = answer->request->most_bytes > 0 ? answer->request->most_bytes : MOST_BYTES;
    char *grown;

    if (answer->size + 1 < answer->room)
        return 0;
    grown = answer->room < most ? realloc(answer->data, room) : NULL;
    if (!grown)
        return answer->room < most ? -ENOMEM : -EMSGSIZE;
    answer->data = grown;
    answer->room = room;
    return 0;
}

/* Receives until the service closes the connection. */
static int receive_all(int fd, struct answer *answer)
{
    ssize_t n;
    int r = 0;

    while (r == 0) {
        r = make_room(answer);
        if (r < 0)
            return r;
        n = recv(fd, answer->data + answer->size, answer->room - answer->size - 1, MSG_DONTWAIT);
        if (n == 0)
            break;
        if (n > 0)
            answer->size += (size_t)n;
        else
            r = errno == EAGAIN ? wait_for(answer, fd, POLLIN) : -errno;
    }
    if (r == 0)
        answer->data[answer->size] = '\0';
    return r;
}

/* Returns the value of Content-Length in the header lines from @lines to @end, or -1. */
static int64_t length_in(const char *lines, const char *end)
{
    static const char name[] = "\r\nContent-Length: ";
    int64_t length = -1;

    for (const char *line = lines; line < end; line = strstr(line + 2, "\r\n")) {
        char *rest;

        if (strncasecmp(line, name, sizeof(name) - 1) != 0)
            continue;
        line += sizeof(name) - 1;
        if (length >= 0 || *line < '0' || *line > '9')
            return -1;
        length = strtoll(line, &rest, 10);
        if (strncmp(rest, "\r\n", 2) != 0)
            return -1;
        line = rest - 2;
    }
    return length;
}

/* Finds status and content. Returns 0 or -EBADMSG. */
static int take_apart(const struct answer *answer, unsigned int *ret_status, const char **ret_content)
{
    const char *end = strstr(answer->data, "\r\n\r\n"), *lines = strstr(answer->data, "\r\n");
    char *rest;

    if (!end || strlen(answer->data) != answer->size || strncmp(answer->data, VERSION, strlen(VERSION)) != 0)
        return -EBADMSG;
    *ret_status = (unsigned int)strtoul(answer->data + strlen(VERSION), &rest, 10);
    if (*ret_status < 100 || *ret_status > 599 || *rest != ' ')
        return -EBADMSG;
    if (length_in(lines, end) != (int64_t)strlen(end + 4))
        return -EBADMSG;
    *ret_content = end + 4;
    return 0;
}

void ask_tell_refusal(const struct ask_answer *answer, const char *path, struct error *err)
{
    _cleanup_(json_decrefp) json_t *problem = json_loads(answer->content, JSON_REJECT_DUPLICATES, NULL);
    const char *detail = json_string_value(json_object_get(problem, "detail"));
    const char *pointer = json_string_value(json_object_get(problem, "pointer"));
    unsigned int status = answer->status;
    bool is_ours = detail && (status == 400 || status == 404 || status == 422 || status == 503);

    if (!is_ours) {
        error_set(err, -EPROTO, EX_SOFTWARE, path, "the service answered with the status %u", status);
        error_hint(err, OTHER_VERSION);
        return;
    }
    error_set(err, -EINVAL, status == 503 ? EX_TEMPFAIL : EX_USAGE, pointer ? pointer : "", "%s", detail);
    make_printable(err->where);
    make_printable(err->what);
}

/* Stores the path of the administrators' socket of the calling user's service. */
static int find_socket(char ret[SOCKET_ROOM], struct error *err)
{
    struct settings settings;
    int r = environment_read(&settings, err);

    if (r == 0)
        snprintf(ret, SOCKET_ROOM, "%s/" FRONT_ADMIN_SOCKET, settings.runtime);
    return r;
}

/* Sends the request, and receives all of the answer. */
static int exchange(const char *path, struct answer *answer)
{
    _cleanup_(fd_closep) int fd = -1;
    int r = connect_to(path, &fd);

    answer->deadline_ns = timing_now_ns() + patience_s(answer->request) * UINT64_C(1000000000);
    if (r == 0)
        r = send_request(fd, answer);
    if (r == 0)
        r = receive_all(fd, answer);
    return r == 0 && answer->size == 0 ? -ECONNRESET : r;
}

/* Sends the request to the socket @path. */
static int ask_at(const char *path, const struct ask_request *request, struct ask_answer *ret,
                  struct error *err)
{
    _cleanup_(answer_deinit) struct answer answer = {.request = request};
    const char *content = NULL;
    unsigned int status = 0;
    int r = exchange(path, &answer);

    if (r < 0 && r != -EMSGSIZE)
        return fail(r, request, path, err);
    if (r == 0)
        r = take_apart(&answer, &status, &content);
    if (!content) {
        error_set(err, r, EX_SOFTWARE, path, "the answer does not come from an exrun service");
        error_hint(err, OTHER_VERSION);
        return r;
    }
    *ret = (struct ask_answer){status, strdup(content), strlen(content)};
    return ret->content ? 0 : error_memory(err);
}

int ask_any(const struct ask_request *request, struct ask_answer *ret, struct error *err)
{
    char path[SOCKET_ROOM];
    int r = request->path ? 0 : find_socket(path, err);

    return r < 0 ? r : ask_at(request->path ? request->path : path, request, ret, err);
}

int ask(const struct ask_request *request, char **ret, size_t *ret_size, struct error *err)
{
    struct ask_answer answer = {.content = NULL};
    char path[SOCKET_ROOM];
    int r = find_socket(path, err);

    if (r == 0)
        r = ask_at(path, request, &answer, err);
    if (r < 0)
        return r;
    if (answer.status != STATUS_OK) {
        ask_tell_refusal(&answer, path, err);
        free(answer.content);
        return -EPROTO;
    }
    *ret = answer.content;
    *ret_size = answer.size;
    return 0;
}
