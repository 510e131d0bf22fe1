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

/* Returns true if at least a part of the line was written at once. */
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

/* The process that an event is about. A saying without a subject is about the service. */
enum subject { SUBJECT_SERVICE, SUBJECT_KEEPER, SUBJECT_FRONT };

struct saying {
    enum subject subject;
    const char *text;
};

/* Events without a text have more to say, or nothing. */
static const struct saying sayings[N_WARDEN_LOGGED] = {
    [WARDEN_KEEPER_HANGS] = {SUBJECT_KEEPER, "hangs and is killed"},
    [WARDEN_KEEPER_STAYS] = {SUBJECT_KEEPER, "did not leave after its profiles were replaced, and is killed"},
    [WARDEN_KEEPER_LOST] = {SUBJECT_KEEPER, "was killed, but does not end; another process takes its place"},
    [WARDEN_FRONT_HANGS] = {SUBJECT_FRONT, "hangs and is killed"},
    [WARDEN_FRONT_LOST] = {SUBJECT_FRONT, "was killed, but does not end; another process takes its place"},
    [WARDEN_RELOADED] = {SUBJECT_SERVICE, "has loaded the configuration and the profiles again"},
    [WARDEN_WONT_RELOAD] = {SUBJECT_SERVICE,
                            "does not load the configuration again, because the service is ending"},
    [WARDEN_CANT_RECLAIM] = {SUBJECT_SERVICE, "some leftovers can't be removed; \"exrun clean\" says which"},
    [WARDEN_IS_DRAINING] = {SUBJECT_SERVICE, "ends after the accepted runs"},
    [WARDEN_ENDS_RUNS] = {SUBJECT_SERVICE, "ends the runs that are left"},
};

static void tell_saying(struct serve_voice *voice, const struct saying *saying, unsigned int slot)
{
    char keeper[32];
    const char *const subjects[] = {
        [SUBJECT_SERVICE] = "", [SUBJECT_KEEPER] = keeper, [SUBJECT_FRONT] = "the front "};

    snprintf(keeper, sizeof(keeper), "keeper %u ", slot);
    serve_say(voice, "%s%s", subjects[saying->subject], saying->text);
}

/* @status: of wait(2). */
static void tell_end(struct serve_voice *voice, const char *who, int status)
{
    const char *next = voice->is_draining ? "" : "; it is started again";

    if (WIFSIGNALED(status))
        serve_say(voice, "%s was ended by signal %d%s", who, WTERMSIG(status), next);
    else
        serve_say(voice, "%s ended with status %d%s", who, WEXITSTATUS(status), next);
}

static void tell_cant_reload(struct serve_voice *voice, int number)
{
    if (number != 0)
        serve_say(voice, "the configuration and the profiles can't be loaded: %s", strerror(number));
    serve_say(voice, "goes on with the configuration and the profiles that it has");
}

void serve_tell(struct serve_voice *voice, enum warden_event event, unsigned int slot, int number)
{
    char keeper[32];

    voice->is_draining = voice->is_draining || event == WARDEN_IS_DRAINING;
    if (event < N_WARDEN_LOGGED && sayings[event].text)
        tell_saying(voice, &sayings[event], slot);
    if (event == WARDEN_KEEPER_ENDED) {
        snprintf(keeper, sizeof(keeper), "keeper %u", slot);
        tell_end(voice, keeper, number);
    }
    if (event == WARDEN_FRONT_ENDED)
        tell_end(voice, "the front", number);
    if (event == WARDEN_CANT_START)
        serve_say(voice, "a process can't be started: %s", strerror(number));
    if (event == WARDEN_CANT_RELOAD)
        tell_cant_reload(voice, number);
    if (event == WARDEN_KEEPS_KEEPERS)
        serve_say(voice, "\"cells.keepers\" stays %d; start the service again to change it", number);
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
