case { a: [1, { b: 2 }] }
in { a: [Integer => n, { b: }] }
  p n, b
end
p(({ x: 1 } in { x: String }))
1 => String
