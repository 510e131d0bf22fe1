# SPDX-License-Identifier: MIT
# tries: calls the C library by Fiddle
# layer: policy-trace
# source: Ruby Fiddle
# expect: denied ptrace | ok
# breach: BREACH
begin
  require "fiddle"
  ptrace = Fiddle::Function.new(Fiddle.dlopen(nil)["ptrace"], [Fiddle::TYPE_INT] * 4, Fiddle::TYPE_LONG)
  ptrace.call(0, 0, 0, 0)
  puts "BREACH: the kernel was asked"
rescue LoadError
  puts "held"
end
