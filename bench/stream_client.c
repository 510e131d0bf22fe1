/* SPDX-License-Identifier: MIT */
/* stream_client SOCKET FILE: sends FILE, a request for a stream of events whose program writes lines of
 * CLOCK_MONOTONIC in nanoseconds, and prints for each line how many nanoseconds later it was here.
 *
 * stream_client - : the same for lines that come through a pipe, without any service. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static unsigned long long now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (unsigned long long)now.tv_sec * 1000000000 + (unsigned long long)now.tv_nsec;
}

static int connect_to(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
        perror(path);
        exit(1);
    }
    return fd;
}

static void send_file(int to, const char *path)
{
    static char bytes[65536];
    int file = open(path, O_RDONLY);
    ssize_t size = read(file, bytes, sizeof(bytes));

    if (size <= 0 || write(to, bytes, (size_t)size) != size) {
        perror(path);
        exit(1);
    }
    close(file);
}

/* Prints the lines of one piece: in a stream they stand in a JSON text. A piece that ends in the middle of one
 * is rare enough to be left out. */
static void print_lines(const char *text, const char *mark)
{
    unsigned long long at = now_ns(), ns;
    char *end;

    for (const char *line = text; (line = strstr(line, mark)); line = end) {
        line += strlen(mark);
        ns = strtoull(line, &end, 10);
        if (ns > 0 && ns < at)
            printf("%llu\n", at - ns);
    }
}

int main(int argc, char **argv)
{
    static char buffer[65537];
    int is_pipe = argc == 2 && strcmp(argv[1], "-") == 0, from;
    ssize_t got;

    if (!is_pipe && argc != 3)
        return 64;
    from = is_pipe ? STDIN_FILENO : connect_to(argv[1]);
    if (!is_pipe)
        send_file(from, argv[2]);
    while ((got = read(from, buffer, sizeof(buffer) - 1)) > 0) {
        buffer[got] = '\0';
        print_lines(buffer, "at=");
        if (strstr(buffer, "event: result"))
            return 0;
    }
    return got < 0 ? 1 : 0;
}
