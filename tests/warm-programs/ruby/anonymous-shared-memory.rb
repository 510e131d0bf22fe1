p File.readlines("/proc/self/maps").map(&:split).select { |m| m[1].end_with?("s") || m[1] =~ /wx/ }.map { |m| [m[1], m[5]] }
