require "minitest/autorun"
class T < Minitest::Test
  def self.test_order = :alpha
  i_suck_and_my_tests_are_order_dependent! rescue p $!.class
  def test_adds = assert_equal(4, 2 + 2)
  def test_order_is_alpha = assert(true)
end
Minitest.seed = 7 rescue p $!
Minitest.after_run { $stdout.flush }
Minitest.extensions.clear
class Quiet < Minitest::AbstractReporter; def record(r) = puts("#{r.name} #{r.passed?}"); end
Minitest.reporter rescue p $!.class
def Minitest.init_plugins(o) = (self.reporter.reporters.clear; self.reporter << Quiet.new)
