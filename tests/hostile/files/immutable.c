// SPDX-License-Identifier: MIT
// tries: makes a file that even root can't remove
// layer: policy-other capabilities
// source: ioctl_iflags(2), FS_IMMUTABLE_FL
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

int main(void)
{
    int fd = open("/tmp/f", O_CREAT | O_WRONLY, 0700), flags = 0x10 | 0x20;

    puts(ioctl(fd, _IOW('f', 2, long), &flags) < 0 ? "held" : "BREACH: an immutable file");
    return 0;
}
