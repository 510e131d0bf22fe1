class Ghost
  def method_missing(name, *args) = name.end_with?("?") ? [name, args] : super
  def respond_to_missing?(name, all = false) = name.end_with?("?")
  def self.method_added(name) = puts("added #{name}")
  def self.inherited(by) = (puts "inherited by #{by.inspect.sub(/0x\h+/, "X")}"; super)
  def x = 1
end
class Young < Ghost; end
p Ghost.new.ready?(1), Ghost.new.respond_to?(:a?), Ghost.new.method(:b?).call
def self.singleton_method_added(name) = puts("own #{name}")
def self.z = 1
Ghost.new.nothing
