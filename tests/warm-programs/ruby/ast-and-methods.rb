p RubyVM::AbstractSyntaxTree.parse("1 + x").type
p RubyVM::AbstractSyntaxTree.parse_file(__FILE__).type
def f(a, b = 1, *c, d:, e: 2, **g, &h) = 1
m = method(:f)
p m.source_location, m.parameters, m.arity, m.unbind.inspect, proc { |x| }.source_location, m.to_proc.lambda?, -> {}.inspect.sub(/0x\h+/, "X")
