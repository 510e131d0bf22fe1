# frozen_string_literal: true
p "a".frozen?, "a#{1}".frozen?, 'x'.equal?('x'), String.new.frozen?, __FILE__.frozen?, :a.to_s.frozen?
"text" << "more"
