def top = 1
p self.class, self.inspect, self.frozen?, Object.private_method_defined?(:top), self.respond_to?(:top), public_methods(false), instance_variables, (1.top rescue $!.class)
public def open_top = 2
p 1.open_top
include Comparable
p self.is_a?(Comparable), Object.ancestors
private
def q = 1
p define_singleton_method(:w) { 3 }, w
