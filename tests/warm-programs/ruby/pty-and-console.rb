require "io/console"
p $stdout.winsize rescue p $!.class
p IO.console.inspect, $stdin.respond_to?(:raw), $stdin.respond_to?(:getch)
require "pty"
PTY.spawn("true") rescue p $!.class
