t = Thread.new { begin sleep; ensure puts "ensured" end }
Thread.pass until t.status == "sleep"
puts "end"
