x = 1
# frozen_string_literal: true
p "a".frozen?
