/* SPDX-License-Identifier: MIT */
/* The warden's front: its start and its end. */
#include "sandbox/warden/front_start.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/scheduling.h"
#include "sandbox/base/timing.h"
#include "sandbox/warden/event_log.h"
#include "sandbox/warden/front_confine.h"
#include "sandbox/warden/listeners.h"

#define PULSE_NS (15 * SECOND_NS)
#define LATE_NS (5 * SECOND_NS) /* it sends one each second */

static void become_front(struct warden *warden, int socket)
{
    const struct warden_calls *calls = &warden->config->calls;
    struct front_fds fds = {.warden = socket};
    int r;

    prctl(PR_SET_NAME, "exrun-front", 0, 0, 0);
    if (scheduling_is_usual())
        scheduling_be_prompt();
    warden_close_own(warden);
    /* It could write there that a keeper hangs, or that none does. */
    warden_unmap_busy(warden);
    fds.status = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    r = front_confine(getppid(), warden->config->host->settings.runtime, &fds);
    _exit(r < 0 ? 1 : calls->front(calls->arg, &fds));
}

/* Sends a file that only the front may have. It is mapped only meanwhile, so that no keeper inherits it. If
 * it can't be sent, the front does not accept the profiles, and ends; the next one gets all of them. */
static void send_file(const struct warden *warden, enum wire_type type, int fd)
{
    struct stat st;
    void *bytes;

    if (fstat(fd, &st) < 0 || st.st_size == 0)
        return;
    bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return;
    warden_to_front(warden, &(struct wire_message){.type = type,
                                                   .generation = warden->profiles_generation,
                                                   .payload = bytes,
                                                   .size = (size_t)st.st_size,
                                                   .fd = -1});
    munmap(bytes, (size_t)st.st_size);
}

void front_send_profiles(const struct warden *warden)
{
    send_file(warden, WIRE_ACCESS, warden->load.fds.access);
    send_file(warden, WIRE_PAGE, warden->load.fds.page);
    warden_to_front(warden, &(struct wire_message){.type = WIRE_PROFILES,
                                                   .generation = warden->profiles_generation,
                                                   .payload = warden->load.bytes,
                                                   .size = warden->load.size,
                                                   .fd = -1});
    listeners_send(warden);
}

/* Before the listeners, so that no client comes in between. */
static void send_switches(struct warden *warden)
{
    if (warden->n_switches > 0)
        warden_to_front(warden, &(struct wire_message){.type = WIRE_SWITCHES,
                                                       .payload = warden->switches,
                                                       .size = warden->n_switches,
                                                       .fd = -1});
}

static void greet_front(struct warden *warden)
{
    struct wire_hello hello = {.n_slots = (uint32_t)warden->load.settings.n_keepers,
                               .n_front_restarts = warden->front.generation - 1,
                               .started_ns = warden->started_ns};

    for (uint32_t slot = 0; slot < hello.n_slots; slot++)
        hello.n_keeper_ends += warden->keepers[slot].n_bad_ends;
    warden_to_front(warden,
                    &(struct wire_message){
                        .type = WIRE_HELLO, .payload = (char *)&hello, .size = sizeof(hello), .fd = -1});
    event_log_greet(warden);
    send_switches(warden);
    front_send_profiles(warden);
}

void front_keep_switches(struct warden *warden, const struct wire_message *message)
{
    memcpy(warden->switches, message->payload, message->size);
    warden->n_switches = message->size;
}

void front_start(struct warden *warden)
{
    int own = -1;
    pid_t pid = child_fork(&warden->front, &warden->front_socket, &own);

    if (pid == 0)
        become_front(warden, own);
    if (pid < 0) {
        warden_tell(warden, WARDEN_CANT_START, 0, (int)-pid);
        child_note_end(&warden->front, false);
        return;
    }
    fcntl(warden->front_socket, F_SETFL, O_NONBLOCK);
    warden->pulse_ns = timing_now_ns();
    warden->is_up = warden->is_told_up = false;
    greet_front(warden);
    warden_tell(warden, WARDEN_FRONT_STARTED, 0, 0);
}

void front_note_end(struct warden *warden, int status)
{
    bool fine = WIFEXITED(status) && WEXITSTATUS(status) == 0;

    child_note_end(&warden->front, fine);
    fd_closep(&warden->front_socket);
    if (!warden->is_draining || (!fine && !warden->front.is_ended))
        warden_tell(warden, WARDEN_FRONT_ENDED, 0, status);
    else
        warden_tell(warden, WARDEN_FRONT_LEFT, 0, status);
    if (warden->is_draining)
        warden->end_ns = timing_now_ns() + LEAVE_NS;
}

bool front_pulses(const struct warden *warden)
{
    return warden->is_draining || (warden->front.pid > 0 && warden->front.killed_ns == 0 && warden->is_up &&
                                   timing_now_ns() - warden->pulse_ns <= LATE_NS);
}

void front_look(struct warden *warden)
{
    uint64_t now_ns = timing_now_ns();
    struct child *front = &warden->front;

    if (front->pid > 0 && front->killed_ns == 0 && now_ns - warden->pulse_ns > PULSE_NS) {
        warden_tell(warden, WARDEN_FRONT_HANGS, 0, 0);
        child_kill_one(front);
    } else if (front->pid > 0 && front->killed_ns != 0 && now_ns - front->killed_ns >= DEATH_NS) {
        warden_tell(warden, WARDEN_FRONT_LOST, 0, 0);
        front_note_end(warden, SIGKILL);
    }
}
