// SPDX-License-Identifier: MIT
// tries: gives a program of its own the setuid bit and runs it
// layer: nosuid no-new-privs
// source: chmod(2), S_ISUID
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
    if (access("ran", F_OK) == 0) {
        puts(geteuid() == getuid() ? "held" : "BREACH: another user");
        return 0;
    }
    close(open("ran", O_CREAT | O_WRONLY, 0600));
    system("cp /proc/self/exe mine; cp main mine 2>/dev/null; chmod 6755 mine; ./mine");
    return 0;
}
