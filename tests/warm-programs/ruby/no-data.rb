p defined?(DATA), Object.const_defined?(:DATA), Dir["/proc/self/fd/*"].map { |path| File.readlink(path) rescue nil }.compact.grep(/main|box/)
DATA.read
