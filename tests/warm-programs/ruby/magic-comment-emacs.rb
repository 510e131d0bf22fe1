# -*- coding: utf-8; frozen_string_literal: true; warn_indent: true -*-
p __ENCODING__, "a".frozen?
if true
  p 1
  end
