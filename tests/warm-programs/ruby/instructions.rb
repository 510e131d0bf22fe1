puts RubyVM::InstructionSequence.of(def f(x) = x + 1).disasm.gsub(/0x\h+/, "X")
puts RubyVM::InstructionSequence.compile("1 + 2").to_a.last.inspect
