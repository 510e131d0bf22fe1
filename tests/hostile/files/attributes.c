// SPDX-License-Identifier: MIT
// tries: gives a file capabilities and the labels of others
// layer: policy-other capabilities
// source: xattr(7), capabilities(7)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/xattr.h>
#include <unistd.h>

int main(void)
{
    int fd = open("/tmp/f", O_CREAT | O_WRONLY, 0700);
    const char *names[] = {"security.capability", "trusted.exrun", "user.x", "system.posix_acl_access"};

    for (int n = 0; n < 4; n++)
        if (fsetxattr(fd, names[n], "x", 1, 0) == 0)
            printf("BREACH: %s\n", names[n]);
    puts("held");
    return 0;
}
