for source in ["1 +", "def f", "end", "x = ", "'a", "{", "foo(", "@1", "1 = 2", "def A; class B; end; end", "break", "retry", "/(/", "\"\\u{110000}\""]
  begin
    eval source
  rescue SyntaxError => e
    puts e.message
  end
end
