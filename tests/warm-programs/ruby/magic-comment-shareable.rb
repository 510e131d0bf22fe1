# shareable_constant_value: literal
A = { a: [1, "x"] }
p A.frozen?, A[:a].frozen?, Ractor.shareable?(A), A[:a][1].frozen?
