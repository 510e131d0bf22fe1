/* SPDX-License-Identifier: MIT */
/* Reports of a cell's processes. */
#include "sandbox/inside/report.h"

#include "sandbox/base/fd.h"

int report_send(int control, const struct init_report *report, int fd)
{
    return fd_send_fds(control, report, sizeof(*report), &fd, fd >= 0);
}

int report_receive(int control, struct init_report *ret_report, int *ret_fd)
{
    return fd_receive_fds(control, ret_report, sizeof(*ret_report), ret_fd, 1);
}
