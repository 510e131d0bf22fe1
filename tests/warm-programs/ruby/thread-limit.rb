made = []
begin
  200.times { made << Thread.new { sleep } }
rescue ThreadError => e
  p e.message, made.size
end
