puts File.readlines("/proc/self/maps").map { |l| l.split[5] }.compact.grep(%r{^/}).uniq.grep_v(/park\.so/).sort
