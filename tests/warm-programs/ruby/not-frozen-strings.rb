p "a".frozen?, "a".equal?("a"), __FILE__.frozen?, __dir__.frozen?, $0.frozen?, ENV["PATH"].frozen?, nil.to_s.frozen?
p "text" << "more"
