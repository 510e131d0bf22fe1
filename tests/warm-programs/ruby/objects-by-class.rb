# Objects that were made before the program begins are there, too.
p ObjectSpace.each_object(Module).map(&:name).compact.sort.size, ObjectSpace.each_object(Class).count { |c| c.name.nil? }, ObjectSpace.each_object(IO).map { |io| io.inspect.gsub(/0x\h+/, "X") }.sort, ObjectSpace.each_object(Thread).count, ObjectSpace.each_object(Encoding).count
