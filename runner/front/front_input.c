/* SPDX-License-Identifier: MIT */
/* Input for a run's stdin that clients send while the run waits or runs. */
#include "runner/front/front_input.h"

#include <errno.h>
#include <string.h>

#include "runner/front/front_orders.h"
#include "runner/front/front_run.h"
#include "sandbox/keeper/wire.h"

size_t front_input_unread(const struct front_input *input)
{
    return input->bytes.size - input->from;
}

uint64_t front_input_next(const struct front_input *input)
{
    return input->n_taken + front_input_unread(input);
}

int front_input_add(struct front_input *input, const char *bytes, size_t size, bool ends)
{
    int r = size > 0 ? growing_add(&input->bytes, bytes, size) : 0;

    if (r == 0)
        input->has_ended = ends;
    return r;
}

/* Returns the size of the next piece that can be sent; 0: none now. */
static size_t next_piece(const struct front_input *input)
{
    size_t waiting = front_input_unread(input) - input->n_sent, room = WIRE_STDIN_WINDOW - input->n_sent;

    if (waiting > WIRE_STDIN_BYTES)
        waiting = WIRE_STDIN_BYTES;
    if (waiting <= room && (waiting == WIRE_STDIN_BYTES || input->n_sent == 0))
        return waiting;
    return 0;
}

static int feed(struct front_run *run, const char *bytes, size_t size, bool ends)
{
    struct {
        struct wire_stdin head;
        char bytes[WIRE_STDIN_BYTES];
    } input = {.head = {.is_end = ends}};

    if (size > 0)
        memcpy(input.bytes, bytes, size);
    return front_keeper_tell(run->keeper, WIRE_STDIN,
                             (struct wire_message){.run = run->number,
                                                   .payload = (char *)&input,
                                                   .size = sizeof(input.head) + size});
}

void front_input_send(struct front_run *run)
{
    struct front_input *input = &run->input;

    while (run->keeper && !input->told_end) {
        size_t size = next_piece(input);
        bool ends = input->has_ended && input->n_sent + size == front_input_unread(input);
        const char *bytes = input->bytes.data + input->from + input->n_sent;

        if (size == 0 && !ends)
            return;
        input->n_sent += size;
        input->told_end = ends;
        if (feed(run, bytes, size, ends) < 0)
            return; /* the run has ended */
    }
}

int front_input_take(struct front_input *input, size_t n)
{
    if (n > input->n_sent)
        return -EBADMSG;
    input->n_sent -= n;
    input->n_taken += n;
    input->from += n;
    /* It is moved only if at least as much was taken, so all of that costs no more than the bytes themselves.
     */
    if (input->from >= front_input_unread(input)) {
        memmove(input->bytes.data, input->bytes.data + input->from, front_input_unread(input));
        input->bytes.size -= input->from;
        input->from = 0;
    }
    return 0;
}

void front_input_return(struct front_input *input)
{
    input->n_sent = 0;
    input->told_end = false;
}

void front_input_deinit(struct front_input *input)
{
    growing_deinit(&input->bytes);
}
