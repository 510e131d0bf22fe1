# SPDX-License-Identifier: MIT
# tries: calls the kernel by number
# layer: policy-kernel
# source: Ruby Kernel#syscall
# expect: denied bpf
# breach: BREACH
begin
  syscall(321, 0, 0, 0)
rescue SystemCallError, NotImplementedError
end
puts "BREACH: the kernel was asked"
