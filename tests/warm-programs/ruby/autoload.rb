# exrun: {"files": [{"path": "later.rb", "content": "puts 'loading'\nmodule Later; X = 1; end\n"}]}
autoload :Later, "./later"
p autoload?(:Later), Object.const_defined?(:Later), Object.autoload?(:Later)
p Later::X, autoload?(:Later)
autoload :Never, "./never"
Never
