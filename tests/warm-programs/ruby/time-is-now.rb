now = Time.now
p now.utc_offset, now.zone, (File.mtime(__FILE__) - now).abs < 5, (now.to_f - Process.clock_gettime(Process::CLOCK_REALTIME)).abs < 1, Time.at(0), Time.at(0).zone, Time.new(2024, 7, 1).zone, ENV["TZ"]
require "time"
p Time.parse("2024-02-29 12:00").iso8601, Time.at(1e9).utc.httpdate, Time.iso8601("2024-01-01T00:00:00+02:00").utc
