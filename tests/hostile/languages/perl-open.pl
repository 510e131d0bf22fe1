# SPDX-License-Identifier: MIT
# tries: opens files and pipes by odd names
# layer: root
# source: perlfunc(1), open with two arguments
# expect: ok
# breach: BREACH
for my $name ("@DIR@/secret", "<@DIR@/secret", "cat @DIR@/secret 2>/dev/null |", "<&=200", "<&=3", ">>@DIR@/open") {
    if (open(my $file, $name)) {
        my $text = $name =~ /^>/ ? "w" : readline($file);
        print "BREACH: $name\n" if defined $text && length $text;
    }
}
print "held\n";
