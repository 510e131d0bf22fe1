# SPDX-License-Identifier: MIT
# tries: loads machine code of its own
# layer: noexec
# source: DynaLoader(3perl)
# expect: ok
# breach: BREACH
require DynaLoader;
system("cp /usr/lib/x86_64-linux-gnu/libm.so.6 /tmp/own.so 2>/dev/null || cp /bin/true /tmp/own.so");
print DynaLoader::dl_load_file("/tmp/own.so", 0) ? "BREACH: it was loaded\n" : "held\n";
