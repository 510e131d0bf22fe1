class A
  def self.s = new.i
  def i = [1].each { |x| j(x) }
  def j(x) = Integer("no")
end
begin
  A.s
rescue ArgumentError => e
  puts e.full_message(highlight: false), e.full_message(highlight: false, order: :bottom), e.backtrace, e.detailed_message rescue p $!.class
end
A.s
