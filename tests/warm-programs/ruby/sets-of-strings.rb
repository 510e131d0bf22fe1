require "set"
s = Set["b", "a", "c"]
p s, s.to_a, s.hash == Set["a", "b", "c"].hash, s | [1], s.group_by(&:ord), s.inspect, s <=> Set["a"]
