// SPDX-License-Identifier: MIT
// tries: reads the kernel's log
// layer: policy-other capabilities
// source: syslog(2)
// expect: ok
// breach: BREACH
#include <errno.h>
#include <stdio.h>
#include <sys/klog.h>

int main(void)
{
    char text[4096];

    puts(klogctl(3, text, sizeof(text)) < 0 && errno == EPERM ? "held" : "BREACH: it was read");
    return 0;
}
