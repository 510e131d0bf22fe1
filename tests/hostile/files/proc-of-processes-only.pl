# SPDX-License-Identifier: MIT
# tries: reads the machine's figures in a language whose profile does not ask for files in /proc
# layer: proc
# source: proc(5), subset=pid
# expect: ok
# breach: BREACH
for my $name (qw(cpuinfo stat meminfo uptime loadavg version cmdline sys sysrq-trigger kcore mounts net)) {
    print "BREACH: /proc/$name\n" if -e "/proc/$name";
}
opendir(my $proc, "/proc") or die $!;
for my $name (readdir $proc) {
    print "BREACH: $name\n" unless $name =~ /^(\d+|self|thread-self|\.\.?)$/;
}
print "held\n";
