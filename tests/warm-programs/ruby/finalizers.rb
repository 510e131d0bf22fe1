class A; def self.f = proc { |id| puts "finalized #{id.class}" }; end
a = A.new
ObjectSpace.define_finalizer(a, A.f)
at_exit { puts "at exit" }
File.open("x", "w").write("not closed")
puts ObjectSpace.each_object(Class).select { |c| c.name == "A" }.size
