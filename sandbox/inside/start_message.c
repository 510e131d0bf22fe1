/* SPDX-License-Identifier: MIT */
/* The message before the start message. */
#include "sandbox/inside/start_message.h"

#include <stdint.h>

#include "sandbox/base/fd.h"

int start_receive_joins(int control, int ret_joins[N_JOINS])
{
    int fds[N_JOINS], n = 0, r;
    uint32_t has;

    r = fd_receive_fds(control, &has, sizeof(has), fds, N_JOINS);
    for (int join = 0; r == 0 && join < N_JOINS; join++)
        ret_joins[join] = has & 1U << join ? fds[n++] : -1;
    return r;
}
