use v5.10; say "said"; use feature "state"; sub c { state $n = 0; ++$n } c() for 1 .. 3; say c(); use 5.036; say "modern"; say sprintf "%vd", $^V;
