Dir.children("/proc/self/fd").map(&:to_i).sort.each do |fd|
  path = File.readlink("/proc/self/fd/#{fd}").gsub(/\d+/, "N") rescue next
  p [fd, path, File.read("/proc/self/fdinfo/#{fd}")[/flags:\s+(\d+)/, 1]]
end
