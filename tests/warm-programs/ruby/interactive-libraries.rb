require "readline" rescue p $!.class
require "irb"; p IRB::VERSION
require "reline"; p Reline.class
require "io/wait"; p $stdin.ready?.class, $stdin.nread
