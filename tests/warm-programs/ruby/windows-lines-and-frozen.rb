# frozen_string_literal: true
p 'x'.frozen?, "a
".size
