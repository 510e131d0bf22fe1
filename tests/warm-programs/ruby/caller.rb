def f = caller
def g = caller_locations(0).map { |l| [l.path, l.absolute_path, l.lineno, l.label, l.base_label, l.to_s] }
p f, g, caller, caller(0), caller_locations, __method__, binding.source_location
p eval("caller(0)"), eval("[__FILE__, __LINE__]"), eval("__FILE__", nil, "other", 7), instance_eval("caller_locations(0)[0].to_s")
define_method(:h) { caller(0)[0, 2] } rescue self.class.send(:define_method, :h) { caller(0)[0, 2] }
p h, [1].map { caller(0)[0, 3] }
