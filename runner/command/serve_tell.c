/* SPDX-License-Identifier: MIT */
/* The messages of the service on standard error. */
#include "runner/command/serve_tell.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runner/answer/result.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"

#define LINE_ROOM 1024

/* A descriptor of standard error that does not wait. O_NONBLOCK of the one that was inherited would be that
 * of the shell, too, so it is opened once more (proc(5)); that can't be done with a socket (ENXIO), or with
 * the file of another user. */
static int open_again(void)
{
    return open("/proc/self/fd/2", O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

/* Returns false if the line could not be written at once, not even a part of it. */
static bool write_now(const char *line, size_t size)
{
    _cleanup_(fd_closep) int fd = -1;
    struct pollfd waiting = {.fd = STDERR_FILENO, .events = POLLOUT};
    ssize_t n = send(STDERR_FILENO, line, size, MSG_DONTWAIT | MSG_NOSIGNAL);

    if (n >= 0 || errno != ENOTSOCK)
        return n > 0;
    fd = open_again();
    if (fd >= 0)
        return write(fd, line, size) > 0;
    return poll(&waiting, 1, 0) == 1 && write(STDERR_FILENO, line, size) > 0;
}

/* Returns false if the line is lost. */
static bool say(const char *text)
{
    char line[LINE_ROOM + sizeof("exrun: \n")];
    int size = snprintf(line, sizeof(line), "exrun: %s\n", text);

    return write_now(line, (size_t)size);
}

void serve_say_error(const struct error *err)
{
    _cleanup_(freep) char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    if (!out)
        return;
    result_write_sentence(err, out);
    if (fclose(out) == 0)
        write_now(text, size);
}

void serve_say(struct serve_voice *voice, const char *format, ...)
{
    char text[LINE_ROOM];
    va_list arguments;

    if (voice->n_lost > 0) {
        snprintf(text, sizeof(text), "%u lines are missing here, because standard error was full",
                 voice->n_lost);
        voice->n_lost = say(text) ? 0 : voice->n_lost;
    }
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    voice->n_lost += !say(text);
}

static void tell_end(struct serve_voice *voice, const char *who, int status)
{
    const char *next = voice->is_draining ? "" : "; it is started again";

    if (WIFSIGNALED(status))
        serve_say(voice, "%s was ended by signal %d%s", who, WTERMSIG(status), next);
    else
        serve_say(voice, "%s ended with status %d%s", who, WEXITSTATUS(status), next);
}

static void tell_reload(struct serve_voice *voice, enum warden_event event, unsigned int slot, int number)
{
    static const char again[] = "start the service again to change it";

    if (event == WARDEN_RELOADED)
        serve_say(voice, "has loaded the configuration and the profiles again");
    if (event == WARDEN_CANT_RELOAD && number != 0)
        serve_say(voice, "the configuration and the profiles can't be loaded: %s", strerror(number));
    if (event == WARDEN_CANT_RELOAD)
        serve_say(voice, "goes on with the configuration and the profiles that it has");
    if (event == WARDEN_WONT_RELOAD)
        serve_say(voice, "does not load the configuration again, because the service is ending");
    if (event == WARDEN_KEEPS_KEEPERS)
        serve_say(voice, "\"cells.keepers\" stays %d; %s", number, again);
    if (event == WARDEN_CANT_LISTEN)
        serve_say(voice, "listener %u can't be opened: %s", slot, strerror(number));
    if (event == WARDEN_KEEPS_SOCKET)
        serve_say(voice,
                  "the service manager keeps listener %u open, but \"listen\" does not name it any more; "
                  "change the socket unit, and start both again",
                  slot);
    if (event == WARDEN_CANT_LOG)
        serve_say(voice, "the log can't be opened: %s; goes on %s", strerror(number),
                  slot == 1 ? "with the file that it has" : "without it until the next reload");
}

void serve_tell(struct serve_voice *voice, enum warden_event event, unsigned int slot, int number)
{
    char keeper[32];

    snprintf(keeper, sizeof(keeper), "keeper %u", slot);
    switch (event) {
    case WARDEN_KEEPER_ENDED:
        tell_end(voice, keeper, number);
        break;
    case WARDEN_FRONT_ENDED:
        tell_end(voice, "the front", number);
        break;
    case WARDEN_KEEPER_HANGS:
        serve_say(voice, "%s hangs and is killed", keeper);
        break;
    case WARDEN_KEEPER_STAYS:
        serve_say(voice, "%s did not leave after its profiles were replaced, and is killed", keeper);
        break;
    case WARDEN_KEEPER_LOST:
        serve_say(voice, "%s was killed, but does not end; another process takes its place", keeper);
        break;
    case WARDEN_FRONT_HANGS:
        serve_say(voice, "the front hangs and is killed");
        break;
    case WARDEN_FRONT_LOST:
        serve_say(voice, "the front was killed, but does not end; another process takes its place");
        break;
    case WARDEN_CANT_START:
        serve_say(voice, "a process can't be started: %s", strerror(number));
        break;
    case WARDEN_RELOADED:
    case WARDEN_CANT_RELOAD:
    case WARDEN_WONT_RELOAD:
    case WARDEN_KEEPS_KEEPERS:
    case WARDEN_CANT_LISTEN:
    case WARDEN_CANT_LOG:
    case WARDEN_KEEPS_SOCKET:
        tell_reload(voice, event, slot, number);
        break;
    case WARDEN_CANT_RECLAIM:
        serve_say(voice, "some leftovers can't be removed; \"exrun clean\" says which");
        break;
    case WARDEN_IS_DRAINING:
        serve_say(voice, "ends after the accepted runs");
        voice->is_draining = true;
        break;
    case WARDEN_ENDS_RUNS:
        serve_say(voice, "ends the runs that are left");
        break;
    case WARDEN_FRONT_STARTED:
    case WARDEN_FRONT_LEFT:
    case WARDEN_KEEPER_STARTED:
    case WARDEN_KEEPER_LEFT:
    case WARDEN_RELOADS:
    case WARDEN_LIVES:
        break;
    }
}
