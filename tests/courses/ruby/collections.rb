require "set"; a = [3, 1, 2]
p a.sort, a.map { _1 * 2 }, a.select(&:odd?), a.reduce(:+), a.each_slice(2).to_a, a.each_cons(2).to_a, a.partition { |x| x > 1 }, a.zip([4, 5, 6]), a.group_by(&:even?), a.min_by { |x| -x }, a.each_with_object([]) { |x, m| m << x }, a.rotate, a.combination(2).to_a, a.sum { |x| x / 2.0 }, [[1, [2]], 3].flatten, (1..10).step(3).to_a, ("a".."e").to_a, [1, 2, 2].uniq, [nil, 1].compact, a.sort_by { |x| [-x] }, a.cycle.first(5), a.inject { |m, x| m * x }, a.each_entry.to_a, [1, 2, 3, 4].filter_map { |x| x * 2 if x.even? }, a.tally, a.dig(0), a.sample.class, a.shuffle(random: Random.new(1)).size, a.bsearch { |x| x >= 2 }
h = { b: 1, "a" => 2 }; h[:c] = [1]; p h, h.map { |k, v| [k.to_s, v] }.to_h, h.select { |_, v| v == 1 }, h.key(2), h.transform_values(&:to_s), h.min_by { |k, _| k.to_s }, h.to_a.transpose, Hash.new { |hh, k| hh[k] = k * 2 }[4], h.fetch(:z, "default"), h.any?, h.sum { |_, v| v.is_a?(Integer) ? v : 0 }, h.group_by { |_, v| v.class }, h.each_with_index.map { |(k, _), i| "#{i}#{k}" }, h.dig(:c, 0), h.reject { |k, _| k == :c }.merge(d: 4) { |*x| x }
s = Set[1, 2]; s << 2; p s.size, s | [3], s.subset?(Set[1, 2, 3]); Point = Struct.new(:x, :y, keyword_init: true) { def dist = Math.sqrt(x**2 + y**2) }; p Point.new(x: 3, y: 4).dist, Point.new(x: 1, y: 2).to_h; first, *rest, last = 1, 2, 3, 4; p first, rest, last; data = { name: "Ann", tags: [1, 2] }
case data
in { name: String => n, tags: [*, 2] }
  p n
end
 case 5 when 1..3 then p :low when Integer then p :int end; lazy = (1..Float::INFINITY).lazy.map { |x| x * 2 }.select { |x| x % 3 == 0 }.first(3); p lazy, a.frozen?, ObjectSpace.count_objects.size > 3
