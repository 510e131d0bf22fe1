p private_methods.sort - Kernel.instance_methods, Kernel.private_instance_methods.size, Object.instance_methods.size, Kernel.singleton_methods.sort
p method(:puts).owner, method(:require).owner, method(:require).source_location, method(:gem).source_location
