/* SPDX-License-Identifier: MIT */
/* How many connections there may be. */
#include "runner/front/connection_place.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "runner/front/front.h"
#include "runner/front/http_write.h"

#define ADMIN_CONNECTIONS 8 /* of operators, in addition */
#define OTHER_FDS 64        /* that are neither connections nor keepers' sockets */

/* Returns true if the client's address has fewer connections than it may have. */
static bool may_come(const struct front *front, const struct connection_peer *peer)
{
    const struct connection *connection;
    size_t n = 0;

    if (!peer->is_tcp)
        return true;
    TAILQ_FOREACH(connection, &front->connections, entry)
    n += connection->peer.is_tcp && memcmp(connection->peer.ip, peer->ip, sizeof(peer->ip)) == 0;
    return n < front->load->config.http.per_peer;
}

static bool has_place(const struct front *front, const struct front_listener *listener)
{
    const size_t others = front->keepers.n + OTHER_FDS;
    size_t most = front->load->config.http.connections;

    if (most + others > front->most_fds)
        most = front->most_fds > others ? front->most_fds - others : 1;
    return front->n_connections < most + (listener->is_admin ? ADMIN_CONNECTIONS : 0);
}

bool connection_place_is_free(const struct front_listener *listener, const struct connection_peer *peer)
{
    return has_place(listener->front, listener) && may_come(listener->front, peer);
}

void connection_place_refuse(int fd /* takes */)
{
    const struct http_answer answer = {.status = 503, .closes = true, .headers = {[HTTP_RETRY_AFTER] = "1"}};
    const struct http_problem problem = {.detail = "the service has as many connections as it may have"};
    char text[1024];
    ssize_t size = http_write_problem(&answer, &problem, text, sizeof(text));

    /* If it can't be sent, the client sees the end of the connection all the same. */
    if (size > 0)
        send(fd, text, (size_t)size, MSG_DONTWAIT | MSG_NOSIGNAL);
    close(fd);
}
