// SPDX-License-Identifier: MIT
// tries: makes a socket of each family that there could be
// layer: policy-sockets
// source: socket(2); address_families(7)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>

int main(void)
{
    for (int family = 0; family < 64; family++)
        for (int type = 1; type < 11 && family != AF_UNIX; type++)
            if (socket(family, type, 0) >= 0 || errno != EACCES)
                printf("BREACH: family %d, type %d\n", family, type);
    puts("held");
    return 0;
}
