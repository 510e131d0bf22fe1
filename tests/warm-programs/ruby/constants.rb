puts Object.constants.sort.inspect, TOPLEVEL_BINDING.local_variables.inspect, TOPLEVEL_BINDING.receiver.inspect, self.class, self.singleton_methods.inspect
