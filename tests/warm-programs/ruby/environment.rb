ENV.sort.each { |pair| p pair }
p ENV.size, ENV.class, ENV.inspect.encoding, ENV.fetch("HOME"), File.binread("/proc/self/environ").split("\0").sort
