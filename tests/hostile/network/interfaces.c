// SPDX-License-Identifier: MIT
// tries: looks for network interfaces
// layer: network policy-ioctl
// source: netdevice(7)
// expect: ok
// breach: BREACH
#include <net/if.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    struct ifreq request = {.ifr_ifindex = 1};
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

    for (int n = 1; n < 64; n++) {
        request.ifr_ifindex = n;
        if (ioctl(fd, SIOCGIFNAME, &request) == 0)
            printf("BREACH: %s\n", request.ifr_name);
    }
    puts(access("/proc/net", F_OK) < 0 || access("/proc/self/net/dev", F_OK) < 0 ? "held" : "BREACH: /proc/net");
    return 0;
}
