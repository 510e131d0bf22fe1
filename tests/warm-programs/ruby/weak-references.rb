require "weakref"; require "objspace"
w = WeakRef.new("kept")
m = ObjectSpace::WeakMap.new
k = "key"; m[k] = "value"
p w.weakref_alive?, m.key?(k), ObjectSpace.memsize_of("x" * 100), ObjectSpace.memsize_of([]), ObjectSpace.trace_object_allocations_start.inspect, ObjectSpace.allocation_sourcefile(Object.new), ObjectSpace.allocation_sourceline(Object.new)
