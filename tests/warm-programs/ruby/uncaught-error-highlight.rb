data = { "a" => nil }
puts data["a"]["b"]
