require "json"; require "yaml"; require "csv"
p JSON.parse('{"a": [1, 2.5, null, "ü"]}'), JSON.generate({ a: nil, "b" => 1e20 }), JSON.pretty_generate([1, { x: 2 }])
puts({ "a" => [1, "two", nil], :b => 1.5 }.to_yaml, YAML.load("- 1\n- {a: b}\n").inspect, CSV.parse("a,b\n1,\"x,y\"\n", headers: true).map(&:to_h).inspect)
JSON.parse("{")
