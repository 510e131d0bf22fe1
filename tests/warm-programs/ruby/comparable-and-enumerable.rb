Version = Struct.new(:major, :minor) do
  include Comparable
  def <=>(other) = to_a <=> other.to_a
end
a, b = Version.new(1, 2), Version[1, 10]
p a < b, [b, a].min, a.clamp(a, b), a.between?(a, b), a.inspect, b.to_h, (a <=> b), [a, b].sort.map(&:minor), [3, 1, 2].each_slice(2).to_a, %w[a b].each_with_index.to_h, (1..6).each_cons(2).sum { _1 * _2 }, a == Version.new(1, 2), a.eql?(a.dup), Struct.new("Own", :x).name
