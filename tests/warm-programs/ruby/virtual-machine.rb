# What the machine has counted: constants, classes, inline caches.
p RubyVM.stat, RubyVM::INSTRUCTION_NAMES.size, RubyVM::OPTS, RubyVM::DEFAULT_PARAMS
p RubyVM::InstructionSequence.compile_option
