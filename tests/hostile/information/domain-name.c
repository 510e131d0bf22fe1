// SPDX-License-Identifier: MIT
// tries: asks for the host's domain
// layer: names
// source: getdomainname(2)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

int main(void)
{
    struct utsname name;

    uname(&name);
    puts(!*name.domainname || strcmp(name.domainname, "(none)") == 0 ? "held" : "BREACH: it has one");
    return 0;
}
