p GC.enable, GC.stress, GC.measure_total_time, GC.disable, GC.enable, GC::INTERNAL_CONSTANTS.size, GC::OPTS.size, GC.auto_compact rescue p $!
before = GC.count; GC.start; p GC.count - before
